import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en/en.ts";

/** Languages of the admin UI. A new one needs a folder beside `de` and a line in both places here. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;

/** A language that has translations. */
export type Language = keyof typeof LANGUAGES;

const KEY = "coursemesh.language";

/** English is in the first bundle; any other language is fetched when it is wanted. */
export async function createI18n(): Promise<i18n> {
  const instance = i18next.createInstance();
  await instance.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await changeLanguage(instance, wantedLanguage());
  return instance;
}

/** Loads a language where needed, switches to it and keeps the choice. */
export async function changeLanguage(instance: i18n, language: Language): Promise<void> {
  if (language === "de" && !instance.hasResourceBundle("de", "translation")) {
    const { de } = await import("./de/de.ts");
    instance.addResourceBundle("de", "translation", de);
  }
  await instance.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // The browser's languages decide again next time.
  }
}

function wantedLanguage(): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // Falls through to the browser's languages.
  }
  const wishes = [kept ?? "", ...navigator.languages].map((tag) => tag.slice(0, 2));
  return wishes.find((tag): tag is Language => tag in LANGUAGES) ?? "en";
}
