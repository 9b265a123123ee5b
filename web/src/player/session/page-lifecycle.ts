/** What the player does when its page comes and goes. */
export interface LifecycleHandlers {
  /** Perhaps the last event of this page: a phone may kill a hidden one. */
  readonly onHidden: () => void;
  /** The page goes away; not for good when it is frozen or kept for the Back button. */
  readonly onLeave: (forGood: boolean) => void;
  /** It is back: from the back-forward cache, or thawed. */
  readonly onBack: () => void;
  /** The network came or went, or the page is looked at again. */
  readonly onNetwork: () => void;
}

/** Listens for as long as the page lives. */
export function watchPageLifecycle({ onHidden, onLeave, onBack, onNetwork }: LifecycleHandlers): void {
  document.addEventListener("visibilitychange", () => (document.hidden ? onHidden() : onNetwork()));
  addEventListener("pagehide", (event) => onLeave(!event.persisted));
  addEventListener("pageshow", (event) => {
    if (event.persisted) onBack();
  });
  document.addEventListener("freeze", () => onLeave(false));
  document.addEventListener("resume", onBack);
  addEventListener("online", onNetwork);
  addEventListener("offline", onNetwork);
}
