/** A window of another origin that is talked to. */
export interface OtherWindow {
  readonly post: (data: unknown) => void;
  /** Hears nothing more. */
  readonly stop: () => void;
}

/**
 * Talks to one window and one origin: what is posted goes to that origin only, and what comes is heard only from that very window while it
 * shows that very origin.
 * @param source found anew for each message, because a frame's window exists only while the frame is in the page.
 */
export function otherWindow(
  source: () => Window | null | undefined,
  origin: string,
  onData: (data: unknown) => void,
): OtherWindow {
  const listen = (event: MessageEvent): void => {
    if (event.origin === origin && event.source !== null && event.source === source()) onData(event.data);
  };
  addEventListener("message", listen);
  return {
    post(data) {
      try {
        source()?.postMessage(data, origin);
      } catch {
        // The window is gone, or it shows a page whose origin nobody can name; the channel sends again.
      }
    },
    stop: () => removeEventListener("message", listen),
  };
}
