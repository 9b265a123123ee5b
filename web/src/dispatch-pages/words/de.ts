import type { PageWords } from "./en.ts";

/** Every word of the pages around a dispatched course, in German. */
export const de: PageWords = {
  language: "de",
  refusals: {
    PACKAGE_EXPIRED: {
      title: "Der Zugang ist beendet",
      text: "Die Zeit, in der dieser Kurs bearbeitet werden konnte, ist abgelaufen.",
    },
    USAGE_LIMIT_EXCEEDED: { title: "Alle Plätze sind vergeben", text: "Für diesen Kurs sind keine Plätze mehr frei." },
    SEATS_TAKEN: {
      title: "Gerade sind alle Plätze belegt",
      text: "Im Moment sind so viele Lernende im Kurs wie erlaubt. Bitte versuchen Sie es später noch einmal.",
    },
    DISABLED: { title: "Dieser Kurs ist angehalten", text: "Ihr Anbieter hat diesen Kurs angehalten." },
    NOT_STARTED: {
      title: "Dieser Kurs hat noch nicht begonnen",
      text: "Ihr Anbieter öffnet diesen Kurs später. Bitte kommen Sie dann wieder.",
    },
    DOMAIN_NOT_ALLOWED: {
      title: "Hier nicht verfügbar",
      text: "Dieser Kurs darf von dieser Lernplattform aus nicht geöffnet werden.",
    },
    NEW_REGISTRATIONS_CLOSED: {
      title: "Keine neuen Lernenden",
      text: "Dieser Kurs nimmt niemanden mehr neu auf. Wer begonnen hat, kann ihn abschließen.",
    },
    ACCESS_ENDED: {
      title: "Ihr Zugang ist beendet",
      text: "Die Tage, in denen Sie diesen Kurs bearbeiten konnten, sind vorbei.",
    },
    REVOKED: { title: "Ihr Zugang wurde entzogen", text: "Ihr Anbieter hat Ihren Zugang zu diesem Kurs beendet." },
    PACKAGE_INVALID: {
      title: "Dieses Kurspaket ist ungültig",
      text: "Es wurde verändert oder wird nicht mehr angenommen. Ihre Lernplattform braucht ein neues von Ihrem Anbieter.",
    },
    EXCHANGE_INVALID: {
      title: "Dieser Start ist nicht mehr gültig",
      text: "Bitte schließen Sie diese Seite und starten Sie den Kurs noch einmal auf Ihrer Lernplattform.",
    },
    DEPLOYMENT_SUSPENDED: {
      title: "Dieser Kurs ist hier angehalten",
      text: "Ihr Anbieter hat diesen Kurs für Ihre Lernplattform angehalten.",
    },
    RATE_LIMITED: {
      title: "Zu viele Starts auf einmal",
      text: "Gerade starten viele diesen Kurs. Bitte warten Sie eine Minute und versuchen Sie es noch einmal.",
    },
    COURSE_UNAVAILABLE: {
      title: "Dieser Kurs ist nicht verfügbar",
      text: "Ihr Anbieter bietet diesen Kurs zurzeit nicht an.",
    },
  },
  starting: (title) => (title === "" ? "Der Kurs wird geöffnet…" : `„${title}“ wird geöffnet…`),
  startingText: "Einen Moment bitte.",
  slow: "Das dauert länger als gewöhnlich.",
  offlineTitle: "Der Kurs ist gerade nicht erreichbar",
  offlineText: (seconds) =>
    seconds > 0 ? `Nächster Versuch in ${seconds} s. Sie müssen nichts tun.` : "Neuer Versuch…",
  offlineHint: "Wenn das so bleibt, prüfen Sie bitte Ihre Internetverbindung.",
  troubleText: "Bitte versuchen Sie es gleich noch einmal. Gespeicherter Fortschritt ist sicher.",
  tryNow: "Jetzt versuchen",
  tryAgain: "Noch einmal versuchen",
  noHostTitle: "Bitte starten Sie diesen Kurs auf Ihrer Lernplattform",
  noHostText:
    "Diese Seite findet die Lernplattform nicht, zu der sie gehört. Es könnte deshalb nichts aufgezeichnet werden.",
  hostRefusedTitle: "Ihre Lernplattform antwortet nicht",
  hostRefusedText:
    "Sie hat den Kurs nicht beginnen lassen. Versuchen Sie es noch einmal, oder schließen Sie diese Seite und starten Sie den Kurs neu.",
  damagedTitle: "Dieses Kurspaket ist beschädigt",
  damagedText: "Ein Teil davon fehlt. Ihre Lernplattform braucht es noch einmal von Ihrem Anbieter.",
  failedTitle: "Der Kurs lässt sich nicht öffnen",
  failedText: "Bitte schließen Sie diese Seite und starten Sie den Kurs noch einmal auf Ihrer Lernplattform.",
  noAnswer: "Der Kurs erscheint nicht? Vielleicht erlaubt Ihre Lernplattform ihn in dieser Seite nicht.",
  openWindow: "In neuem Fenster öffnen",
  windowTitle: (title) => (title === "" ? "Der Kurs ist bereit" : `„${title}“ ist bereit`),
  windowText:
    "Der Kurs öffnet sich in einem neuen Fenster. Lassen Sie diese Seite offen, bis Sie fertig sind: Sie meldet Ihr Ergebnis.",
  openCourse: "Kurs öffnen",
  blocked: "Ihr Browser hat das Kursfenster blockiert. Bitte erlauben Sie es und versuchen Sie es noch einmal.",
  inWindowTitle: "Der Kurs ist in einem anderen Fenster offen",
  inWindowText: "Lassen Sie diese Seite offen, bis Sie fertig sind: Sie meldet Ihr Ergebnis an Ihre Lernplattform.",
  showCourse: "Kursfenster zeigen",
  windowClosedTitle: "Das Kursfenster ist geschlossen",
  windowClosedText: "Ihr Fortschritt ist gespeichert. Öffnen Sie den Kurs noch einmal, um weiterzumachen.",
  endedTitle: "Fertig für den Moment",
  endedText: "Ihr Ergebnis wurde an Ihre Lernplattform gemeldet. Sie können dieses Fenster schließen.",
  endedUntoldText:
    "Ihr Ergebnis ist bei uns gespeichert. Ihre Lernplattform hat es gerade nicht angenommen; sie bekommt es, wenn Sie den Kurs das nächste Mal starten. Sie können dieses Fenster schließen.",
  revokedTitle: "Ihr Anbieter hat diesen Kurs beendet",
  revokedText: "Was Sie bisher getan haben, bleibt erhalten. Sie können dieses Fenster schließen.",
  lostTitle: "Diese Seite wurde noch einmal geöffnet",
  lostText:
    "Bitte schließen Sie sie und starten Sie den Kurs noch einmal auf Ihrer Lernplattform. Ihr Fortschritt ist gespeichert.",
  goneTitle: "Hier geht es nicht weiter",
  goneText:
    "Ihre Lernplattform weiß, dass Sie den Kurs verlassen haben. Starten Sie ihn dort noch einmal. Ihr Fortschritt ist gespeichert.",
  close: "Fenster schließen",
  back: "Zurück",
  contact: "Wenden Sie sich an Ihren Anbieter und nennen Sie",
  more: "Hilfe",
  logo: "Ihr Anbieter",
  frameTitle: (title) => (title === "" ? "Kurs" : `${title} – Kurs`),
};
