import type { LaunchFailure } from "./launch-failure.ts";

interface Words {
  readonly title: string;
  readonly advice: string;
}

/** What a learner reads when a link leads nowhere, by language and cause. */
const WORDS = {
  en: {
    over: {
      title: "This course link has ended",
      advice: "Go back to where you found the course and open it again. Progress that was saved is kept.",
    },
    unknown: {
      title: "We don't know this course link",
      advice: "Check that the address is complete, or ask your training provider for a new link.",
    },
    later: {
      title: "We can't open the course right now",
      advice: "This page tries again by itself in a few seconds. Saved progress is safe.",
    },
  },
  de: {
    over: {
      title: "Dieser Kurslink ist nicht mehr gültig",
      advice:
        "Öffnen Sie den Kurs noch einmal dort, wo Sie ihn gefunden haben. Gespeicherter Fortschritt bleibt erhalten.",
    },
    unknown: {
      title: "Diesen Kurslink kennen wir nicht",
      advice: "Prüfen Sie, ob die Adresse vollständig ist, oder bitten Sie Ihren Anbieter um einen neuen Link.",
    },
    later: {
      title: "Der Kurs lässt sich gerade nicht öffnen",
      advice:
        "Diese Seite versucht es in einigen Sekunden von selbst noch einmal. Gespeicherter Fortschritt ist sicher.",
    },
  },
} as const satisfies Record<string, Record<string, Words>>;

const RETRY_SECONDS = 5;

/** A small page for people whose launch cannot be opened; needs no script and no other file. */
export function refusalPage(failure: LaunchFailure, acceptLanguage: string | undefined): string {
  const language = /^\s*de\b/i.test(acceptLanguage ?? "") ? "de" : "en";
  const cause = failure.status >= 500 || failure.status === 429 ? "later" : failure.status === 410 ? "over" : "unknown";
  const { title, advice } = WORDS[language][cause];
  const refresh = cause === "later" ? `<meta http-equiv="refresh" content="${RETRY_SECONDS}">` : "";
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">${refresh}<title>${title}</title>
<style>body{font:1rem/1.6 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1.5rem}h1{font-size:1.5rem;line-height:1.3}</style></head>
<body><main><h1>${title}</h1><p>${advice}</p></main></body>
</html>
`;
}
