import { named, type reasonsEn } from "./reasons-en.ts";

const list = (titles: readonly string[]) => new Intl.ListFormat("de").format(titles.map(named));

/** Why something does not open or go on, in German. */
export const reasonsDe: typeof reasonsEn = {
  finishFirst: (titles) => `Öffnet sich, wenn Sie ${list(titles)} abgeschlossen haben.`,
  passFirst: (titles) => `Öffnet sich, wenn Sie ${list(titles)} bestanden haben.`,
  needless: (titles) => `Nicht mehr nötig: Sie haben ${list(titles)} geschafft.`,
  stayIn: (title) => `Schließen Sie ${named(title)} ab, bevor Sie es verlassen.`,
  enterInOrder: (title) => `Öffnet sich, wenn Sie Schritt für Schritt zu ${named(title)} kommen.`,
  noAttempts: "Sie haben alle Versuche verbraucht.",
  notNow: "Zurzeit nicht geöffnet.",
  notByChoice: "Der Kurs führt Sie dorthin; es lässt sich nicht auswählen.",
  tooFar: "Gehen Sie Schritt für Schritt weiter: Es liegt zu weit von hier.",
  afterOthers: "Etwas davor muss erst abgeschlossen sein.",
  nothingHere: "Darin gibt es im Moment nichts zu öffnen.",
  nextIsLocked: "Was als Nächstes kommt, ist gesperrt, oder Sie haben alle Versuche verbraucht.",
  lockedByRule: "Der Kurs hält dies im Moment geschlossen.",
  chooseNext: "Von selbst geht der Kurs hier nicht weiter: Wählen Sie, was als Nächstes kommt.",
  noWayBack: "Von hier geht der Kurs nicht zurück.",
  atEnd: "Sie haben das Ende des Kurses erreicht.",
  notThere: "Das bietet der Kurs Ihnen nicht an.",
  unknownReason: "Die Regeln des Kurses erlauben es nicht.",
};
