import { element } from "./element.ts";
import { sentence } from "./sentence.ts";

/** A modal dialog: the browser keeps the keyboard inside and everything behind it inert. */
export class Dialog {
  readonly root: HTMLDialogElement;

  /** Without `onDismiss` it cannot be closed with Escape: it asks for a decision. */
  constructor(title: string, children: readonly Node[], onDismiss?: () => void) {
    const id = `dialog-${Math.trunc(performance.now() * 1000)}`;
    this.root = element(
      "dialog",
      { class: "dialog", "aria-labelledby": id },
      element("h2", { id, tabindex: -1 }, title),
      ...children,
    );
    this.root.addEventListener("cancel", (event) => {
      if (onDismiss === undefined) event.preventDefault();
    });
    // Chromium lets a second Escape through whatever `cancel` said.
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && onDismiss === undefined) event.preventDefault();
    });
    this.root.addEventListener("close", () => onDismiss?.());
  }

  open(): void {
    if (!this.root.open) this.root.showModal();
  }

  close(): void {
    if (this.root.open) this.root.close();
  }
}

/** A dialog of one sentence and some buttons. */
export function decision(title: string, text: string, note: string, actions: readonly Node[]): Dialog {
  return new Dialog(title, [
    element("p", {}, ...sentence(text)),
    ...(note === "" ? [] : [element("p", { class: "quiet" }, ...sentence(note))]),
    element("div", { class: "page-actions" }, ...actions),
  ]);
}
