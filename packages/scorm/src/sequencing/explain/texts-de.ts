import type { ExceptionCode } from "../exception-codes.ts";
import type { Texts } from "./texts.ts";

const exceptions: Readonly<Record<ExceptionCode, string>> = {
  "NB.2.1-1": "Die Sitzung hat schon begonnen.",
  "NB.2.1-2": "Die Sitzung hat noch nicht begonnen.",
  "NB.2.1-3": "Nichts wurde unterbrochen, also kann nichts fortgesetzt werden.",
  "NB.2.1-4": "Weiter ist nicht erlaubt: Der übergeordnete Abschnitt lässt nicht weiterblättern.",
  "NB.2.1-5": "Zurück ist nicht erlaubt: Der übergeordnete Abschnitt lässt nicht oder nur vorwärts blättern.",
  "NB.2.1-6": "An der Wurzel gibt es kein Zurück.",
  "NB.2.1-7": "Forward und Backward haben in SCORM keine Bedeutung.",
  "NB.2.1-8":
    "Eine andere Aktivität kann nicht gewählt werden: Ein Abschnitt darf nicht durch Auswahl verlassen werden.",
  "NB.2.1-9": "Zwischen der laufenden Aktivität und dem gemeinsamen Abschnitt liegt nichts.",
  "NB.2.1-10": "Das Ziel kann nicht gewählt werden: Sein Abschnitt erlaubt keine Auswahl.",
  "NB.2.1-11": "Das Ziel gibt es im Kurs nicht.",
  "NB.2.1-12": "Die laufende Aktivität ist schon beendet.",
  "NB.2.1-13": "Diese Anfrage gibt es nicht.",
  "TB.2.3-1": "Es läuft keine Aktivität, die enden könnte.",
  "TB.2.3-2": "Die laufende Aktivität ist schon beendet.",
  "TB.2.3-3": "Der Kurs ist beendet, es gibt nichts zu unterbrechen.",
  "TB.2.3-4": "Eine Regel will über die Wurzel hinaus.",
  "TB.2.3-5": "Es gibt nichts zu unterbrechen.",
  "TB.2.3-6": "Es gibt nichts abzubrechen.",
  "TB.2.3-7": "Diese Art zu enden gibt es nicht.",
  "SB.2.1-1": "Die letzte Aktivität liegt zurück.",
  "SB.2.1-2": "Der Abschnitt hat keine verfügbaren Aktivitäten.",
  "SB.2.1-3": "Vor der ersten Aktivität kommt nichts.",
  "SB.2.1-4": "Der Abschnitt kann nur vorwärts durchgegangen werden.",
  "SB.2.2-1": "Der übergeordnete Abschnitt lässt nicht weiterblättern.",
  "SB.2.2-2": "Die nächste Aktivität darf nicht geöffnet werden: Sie ist gesperrt oder ihre Grenzen sind erreicht.",
  "SB.2.4-1": "Eine Regel hält den Weg nach vorn an einer Aktivität dazwischen auf.",
  "SB.2.4-2": "Über eine Aktivität dazwischen führt kein Weg zurück.",
  "SB.2.4-3": "Über die Wurzel führt kein Weg zurück.",
  "SB.2.5-1": "Die Sitzung hat schon begonnen.",
  "SB.2.5-2": "Es gab nichts, womit begonnen werden konnte.",
  "SB.2.6-1": "Die Sitzung hat schon begonnen.",
  "SB.2.6-2": "Nichts wurde unterbrochen.",
  "SB.2.7-1": "Die Sitzung hat noch nicht begonnen.",
  "SB.2.7-2": "Der übergeordnete Abschnitt lässt nicht weiterblättern.",
  "SB.2.8-1": "Die Sitzung hat noch nicht begonnen.",
  "SB.2.8-2": "Der übergeordnete Abschnitt lässt nicht weiterblättern.",
  "SB.2.9-1": "Es wurde kein Ziel gewählt.",
  "SB.2.9-2": "Das Ziel gehört nicht zu den verfügbaren Aktivitäten.",
  "SB.2.9-3": "Das Ziel ist von der Auswahl ausgenommen.",
  "SB.2.9-4": "Der Abschnitt des Ziels erlaubt keine Auswahl.",
  "SB.2.9-5": "Zwischen hier und dem Ziel liegt nichts.",
  "SB.2.9-6": "Der Abschnitt des Ziels kann nicht von außen begonnen werden.",
  "SB.2.9-7": "Ein Abschnitt auf dem Weg darf nicht durch Auswahl verlassen werden.",
  "SB.2.9-8": "Das Ziel liegt außerhalb dessen, was von hier aus gewählt werden darf.",
  "SB.2.9-9": "Im gewählten Abschnitt gibt es nichts zu öffnen.",
  "SB.2.10-1": "Die Sitzung hat noch nicht begonnen.",
  "SB.2.10-2": "Was läuft oder unterbrochen ist, kann nicht wiederholt werden.",
  "SB.2.10-3": "Die Wiederholung führt zu nichts, was geöffnet werden kann.",
  "SB.2.11-1": "Die Sitzung hat noch nicht begonnen.",
  "SB.2.11-2": "Die laufende Aktivität ist nicht beendet.",
  "SB.2.12-1": "Diese Anfrage gibt es nicht.",
  "SB.2.13-1": "Die Sitzung hat noch nicht begonnen.",
  "DB.1.1-1": "Nur eine Aktivität ohne Unterpunkte kann geöffnet werden.",
  "DB.1.1-2": "Kein Weg führt von der Wurzel zur Aktivität.",
  "DB.1.1-3": "Die Aktivität oder ein Abschnitt darüber ist gesperrt oder hat seine Grenzen erreicht.",
  "DB.2-1": "Die laufende Aktivität ist nicht beendet.",
};

/** German. */
export const german: Texts = {
  and: " und ",
  or: " oder ",
  if: ", wenn ",
  yes: "ja",
  no: "nein",
  unknown: "unbekannt",
  objective: (id) => `Lernziel ${id}`,
  itself: "die Aktivität",
  condition: (condition, subject, not, threshold) => {
    const state = (word: string) => `${subject} ${not ? `nicht ${word}` : word}`;
    switch (condition) {
      case "satisfied":
        return state("erreicht");
      case "completed":
        return state("abgeschlossen");
      case "attempted":
        return state("schon begonnen");
      case "objectiveStatusKnown":
        return `Stand von ${subject} ${not ? "unbekannt" : "bekannt"}`;
      case "objectiveMeasureKnown":
        return `Punkte von ${subject} ${not ? "unbekannt" : "bekannt"}`;
      case "activityProgressKnown":
        return `Fortschritt von ${subject} ${not ? "unbekannt" : "bekannt"}`;
      case "objectiveMeasureGreaterThan":
        return `Punkte von ${subject} ${not ? "nicht über" : "über"} ${threshold}`;
      case "objectiveMeasureLessThan":
        return `Punkte von ${subject} ${not ? "nicht unter" : "unter"} ${threshold}`;
      case "attemptLimitExceeded":
        return not ? "Versuche übrig" : "alle Versuche verbraucht";
      case "timeLimitExceeded":
        return not ? "Zeit übrig" : "Zeit verbraucht";
      case "outsideAvailableTimeRange":
        return not ? "innerhalb des Zeitraums" : "außerhalb des Zeitraums";
      case "always":
        return not ? "nie" : "immer";
    }
  },
  conditionName: (condition, subject) => {
    if (condition === "satisfied" || condition === "objectiveStatusKnown") return `${subject} erreicht`;
    if (condition.startsWith("objectiveMeasure")) return `Punkte von ${subject}`;
    if (condition === "completed" || condition === "activityProgressKnown") return `${subject} abgeschlossen`;
    if (condition === "attempted" || condition === "attemptLimitExceeded") return "Versuche";
    return condition === "always" ? "immer" : "Zeit";
  },
  reportedBy: (title) => ` durch „${title}“`,
  endedSilently: (title) => `, weil „${title}“ endete und nichts anderes sagte`,
  rolledUpIn: (title) => ` durch die Zusammenfassung von „${title}“`,
  anotherCourse: " in einem anderen Kurs",
  byHand: " durch eine Korrektur",
  action: {
    skip: "überspringen",
    disabled: "sperren",
    hiddenFromChoice: "von der Auswahl ausnehmen",
    stopForwardTraversal: "nicht weiter vorwärts",
    exit: "beenden",
    exitParent: "den Abschnitt beenden",
    exitAll: "den Kurs beenden",
    retry: "wiederholen",
    retryAll: "den Kurs neu beginnen",
    continue: "weitergehen",
    previous: "zurückgehen",
  },
  applied: (action, title) =>
    ({
      skip: `„${title}“ übersprungen`,
      disabled: `„${title}“ ist gesperrt`,
      hiddenFromChoice: `„${title}“ ist von der Auswahl ausgenommen`,
      stopForwardTraversal: `An „${title}“ kommt niemand vorbei`,
      exit: `„${title}“ wurde beendet`,
      exitParent: `Nach „${title}“ wurde der Abschnitt beendet`,
      exitAll: `Nach „${title}“ wurde der Kurs beendet`,
      retry: `„${title}“ wird wiederholt`,
      retryAll: `Nach „${title}“ beginnt der Kurs von vorn`,
      continue: `Nach „${title}“ ging der Kurs von selbst weiter`,
      previous: `Nach „${title}“ ging der Kurs von selbst zurück`,
    })[action],
  limit: ({ limit, attempts = 0, allowed = 0 }, title) => {
    const refused = `„${title}“ darf nicht begonnen werden`;
    if (limit === "attempts") return `${refused}: ${attempts} von ${allowed} Versuchen sind verbraucht`;
    return limit === "duration" ? `${refused}: die Zeit ist verbraucht` : `${refused}: jetzt nicht geöffnet`;
  },
  rollupAction: {
    satisfied: "erreicht",
    notSatisfied: "nicht erreicht",
    completed: "abgeschlossen",
    incomplete: "unvollständig",
  },
  rollupRule: ({ action, childActivitySet = "all", minimumCount = 0, minimumPercent = 0 }, conditions) => {
    const set = {
      all: "für alle Unterpunkte gilt",
      any: "für einen Unterpunkt gilt",
      none: "für keinen Unterpunkt gilt",
      atLeastCount: `für mindestens ${minimumCount} Unterpunkte gilt`,
      atLeastPercent: `für mindestens ${minimumPercent * 100} % der Unterpunkte gilt`,
    }[childActivitySet];
    return `${german.rollupAction[action]}, wenn ${set}: ${conditions}`;
  },
  rollup: (title, action, holding, contributing, conditions) =>
    `„${title}“ gilt als ${action}: ${conditions} bei ${holding} von ${contributing} Unterpunkten`,
  exceptions,
  inTheWay: (sentence, title) => `${sentence.replace(/\.$/, "")} („${title}“).`,
  navigation: {
    start: "Start",
    resumeAll: "Fortsetzen",
    continue: "Weiter",
    previous: "Zurück",
    forward: "Forward",
    backward: "Backward",
    choice: "Auswahl",
    jump: "Sprung",
    exit: "Beenden",
    exitAll: "Kurs beenden",
    abandon: "Abbrechen",
    abandonAll: "Kurs abbrechen",
    suspendAll: "Unterbrechen",
  },
  resultsTaken: "Ergebnisse übernommen",
  delivered: (title, because) => `„${title}“ geöffnet: ${because}`,
  refused: (request, reason) => `${request} abgelehnt: ${reason}`,
  nothingDelivered: (request, reason) => `${request}: nichts wurde geöffnet. ${reason}`.trim(),
  sessionEnded: (request) => `${request}: die Sitzung ist beendet`,
  notSelected: (title, parent) => `„${title}“ gehört für diese Person nicht zur Auswahl aus „${parent}“`,
  reordered: (title) => `Die Unterpunkte von „${title}“ stehen in ausgeloster Reihenfolge`,
  selected: (title, count, of) => `${count} von ${of} Unterpunkten von „${title}“ wurden ausgelost`,
  invisible: (title) => `„${title}“ wird nicht aufgeführt: Das Manifest macht es unsichtbar`,
  choiceRefused: (title, reason) => `„${title}“ kann jetzt nicht gewählt werden: ${reason}`,
  statusSaid: (title, values) => `„${title}“ hat es selbst gemeldet: ${values}`,
  statusAssumed: (title, values) => `„${title}“ endete und sagte nichts anderes, gilt also als ${values}`,
  statusFromGlobal: (title, values, global, source) =>
    `„${title}“ ist ${values}: gelesen aus ${global}, gesetzt${source}`,
  statusByMeasure: (title, values) => `„${title}“ hat aus den Punkten darunter: ${values}`,
  neverAttempted: (title) => `„${title}“ wurde nie begonnen`,
  nothingDecided: (title) => `Keine Regel hat über „${title}“ etwas entschieden`,
  simulatedSame: "Nichts wäre anders gewesen.",
  simulatedOther: (summary) => `Ab hier wäre es anders gegangen: ${summary}.`,
  simulatedShort: "Was danach geschah, passt nicht mehr dazu.",
  values: {
    satisfied: (value) => (value === "ja" ? "erreicht" : value === "nein" ? "nicht erreicht" : "Stand unbekannt"),
    completed: (value) =>
      value === "ja" ? "abgeschlossen" : value === "nein" ? "unvollständig" : "Fortschritt unbekannt",
    measure: (value) => `Punkte ${value}`,
    completionAmount: (value) => `Fortschritt ${value}`,
    scoreRaw: (value) => `Rohpunkte ${value}`,
    scoreMin: (value) => `kleinste Punktzahl ${value}`,
    scoreMax: (value) => `größte Punktzahl ${value}`,
  },
};
