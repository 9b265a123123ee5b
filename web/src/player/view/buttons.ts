import type { Words } from "../words/en.ts";
import { element } from "./element.ts";

/** A button in words; the primary one is what most learners want. */
export function button(label: string, onClick: () => void, kind: "primary" | "plain" = "plain"): HTMLButtonElement {
  return element("button", { type: "button", class: `button button-${kind}`, onclick: onClick }, label);
}

/** A button that copies text and says that it did. */
export function copyButton(words: Words, label: string, text: () => string): HTMLButtonElement {
  const made = button(label, () => {
    void copy(text()).then(() => {
      made.textContent = words.copied;
      setTimeout(() => {
        made.textContent = label;
      }, 2_000);
    });
  });
  return made;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard without a secure context: a selection and the old command still work there.
    const area = element("textarea", { class: "visually-hidden" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
