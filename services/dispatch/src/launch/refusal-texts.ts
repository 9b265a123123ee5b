import { RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";

/** What a learner reads. */
export interface RefusalText {
  readonly title: string;
  readonly text: string;
}

type Texts = Readonly<Record<RefusalReason, RefusalText>> & { readonly [RefusalReason.UNSPECIFIED]: RefusalText };

const en: Texts = {
  [RefusalReason.UNSPECIFIED]: {
    title: "This course cannot be started",
    text: "Something is not as it should be. Please contact the person who assigned the course to you.",
  },
  [RefusalReason.PACKAGE_EXPIRED]: {
    title: "This course has expired",
    text: "The time in which it could be taken is over. Please contact the person who assigned the course to you.",
  },
  [RefusalReason.USAGE_LIMIT_EXCEEDED]: {
    title: "There are no places left",
    text: "All places of this course have been given. Please ask the person who assigned the course to you for another one.",
  },
  [RefusalReason.SEATS_TAKEN]: {
    title: "All places are taken at the moment",
    text: "As many people as the licence allows are taking this course just now. Please try again later.",
  },
  [RefusalReason.DISABLED]: {
    title: "Your provider has paused this course",
    text: "Your results are kept. Please contact the person who assigned the course to you.",
  },
  [RefusalReason.NOT_STARTED]: {
    title: "This course has not begun yet",
    text: "It can be started at a later date. Please try again then.",
  },
  [RefusalReason.DOMAIN_NOT_ALLOWED]: {
    title: "This course does not run on this learning platform",
    text: "It was meant for another one. Please contact the person who looks after your learning platform.",
  },
  [RefusalReason.NEW_REGISTRATIONS_CLOSED]: {
    title: "No new participants are admitted",
    text: "Only those who have begun this course already can go on with it. Please contact the person who assigned it to you.",
  },
  [RefusalReason.ACCESS_ENDED]: {
    title: "Your time for this course is over",
    text: "Your results are kept. If you need more time, please contact the person who assigned the course to you.",
  },
  [RefusalReason.REVOKED]: {
    title: "Your access to this course was withdrawn",
    text: "Your results are kept. If you think this is a mistake, please contact the person who assigned the course to you.",
  },
  [RefusalReason.PACKAGE_INVALID]: {
    title: "This copy of the course is no longer valid",
    text: "It was changed or withdrawn. Please ask the person who looks after your learning platform to install the course again.",
  },
  [RefusalReason.EXCHANGE_INVALID]: {
    title: "This start is no longer valid",
    text: "Please close this page and start the course again from your learning platform.",
  },
  [RefusalReason.DEPLOYMENT_SUSPENDED]: {
    title: "This course is paused on this learning platform",
    text: "Your results are kept. Please contact the person who assigned the course to you.",
  },
  [RefusalReason.RATE_LIMITED]: {
    title: "Too many starts at the same time",
    text: "Please wait a minute and try again.",
  },
  [RefusalReason.COURSE_UNAVAILABLE]: {
    title: "This course is not available",
    text: "It is no longer offered by its publisher. Please contact the person who assigned the course to you.",
  },
};

const de: Texts = {
  [RefusalReason.UNSPECIFIED]: {
    title: "Dieser Kurs kann nicht gestartet werden",
    text: "Etwas stimmt nicht. Bitte wenden Sie sich an die Person, die Ihnen den Kurs zugewiesen hat.",
  },
  [RefusalReason.PACKAGE_EXPIRED]: {
    title: "Dieser Kurs ist abgelaufen",
    text: "Der Zeitraum, in dem er bearbeitet werden konnte, ist vorbei. Bitte wenden Sie sich an die Person, die Ihnen den Kurs zugewiesen hat.",
  },
  [RefusalReason.USAGE_LIMIT_EXCEEDED]: {
    title: "Es sind keine Plätze mehr frei",
    text: "Alle Plätze dieses Kurses sind vergeben. Bitte fragen Sie die Person, die Ihnen den Kurs zugewiesen hat, nach einem weiteren.",
  },
  [RefusalReason.SEATS_TAKEN]: {
    title: "Im Moment sind alle Plätze belegt",
    text: "Gerade bearbeiten so viele Personen diesen Kurs, wie die Lizenz erlaubt. Bitte versuchen Sie es später noch einmal.",
  },
  [RefusalReason.DISABLED]: {
    title: "Ihr Anbieter hat diesen Kurs pausiert",
    text: "Ihre Ergebnisse bleiben erhalten. Bitte wenden Sie sich an die Person, die Ihnen den Kurs zugewiesen hat.",
  },
  [RefusalReason.NOT_STARTED]: {
    title: "Dieser Kurs hat noch nicht begonnen",
    text: "Er kann erst zu einem späteren Zeitpunkt gestartet werden. Bitte versuchen Sie es dann noch einmal.",
  },
  [RefusalReason.DOMAIN_NOT_ALLOWED]: {
    title: "Dieser Kurs läuft nicht auf dieser Lernplattform",
    text: "Er ist für eine andere bestimmt. Bitte wenden Sie sich an die Person, die Ihre Lernplattform betreut.",
  },
  [RefusalReason.NEW_REGISTRATIONS_CLOSED]: {
    title: "Neue Teilnehmende werden nicht mehr zugelassen",
    text: "Nur wer diesen Kurs schon begonnen hat, kann ihn fortsetzen. Bitte wenden Sie sich an die Person, die Ihnen den Kurs zugewiesen hat.",
  },
  [RefusalReason.ACCESS_ENDED]: {
    title: "Ihre Zeit für diesen Kurs ist vorbei",
    text: "Ihre Ergebnisse bleiben erhalten. Wenn Sie mehr Zeit brauchen, wenden Sie sich bitte an die Person, die Ihnen den Kurs zugewiesen hat.",
  },
  [RefusalReason.REVOKED]: {
    title: "Ihr Zugang zu diesem Kurs wurde entzogen",
    text: "Ihre Ergebnisse bleiben erhalten. Wenn Sie das für einen Irrtum halten, wenden Sie sich bitte an die Person, die Ihnen den Kurs zugewiesen hat.",
  },
  [RefusalReason.PACKAGE_INVALID]: {
    title: "Diese Kopie des Kurses ist nicht mehr gültig",
    text: "Sie wurde verändert oder zurückgezogen. Bitte lassen Sie den Kurs von der Person, die Ihre Lernplattform betreut, neu einrichten.",
  },
  [RefusalReason.EXCHANGE_INVALID]: {
    title: "Dieser Start ist nicht mehr gültig",
    text: "Bitte schließen Sie diese Seite und starten Sie den Kurs noch einmal aus Ihrer Lernplattform.",
  },
  [RefusalReason.DEPLOYMENT_SUSPENDED]: {
    title: "Dieser Kurs ist auf dieser Lernplattform angehalten",
    text: "Ihre Ergebnisse bleiben erhalten. Bitte wenden Sie sich an die Person, die Ihnen den Kurs zugewiesen hat.",
  },
  [RefusalReason.RATE_LIMITED]: {
    title: "Zu viele Starts zur gleichen Zeit",
    text: "Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.",
  },
  [RefusalReason.COURSE_UNAVAILABLE]: {
    title: "Dieser Kurs ist nicht verfügbar",
    text: "Er wird von seinem Anbieter nicht mehr angeboten. Bitte wenden Sie sich an die Person, die Ihnen den Kurs zugewiesen hat.",
  },
};

/** Why a launch is refused, in words for the learner. */
export function refusalText(reason: RefusalReason, language: "en" | "de"): RefusalText {
  const texts = language === "de" ? de : en;
  return texts[reason] ?? texts[RefusalReason.UNSPECIFIED];
}
