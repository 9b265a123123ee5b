/** What the player lets a page around it know. */
export type PlayerNudge =
  /** Everything up to this call is on the server. */
  | { readonly type: "coursemesh.saved"; readonly seq: number }
  /** The learner left, and the launch is closed. */
  | { readonly type: "coursemesh.closed" };

/**
 * Tells the page around the player, if there is one. It may be of any origin that the launch's policy lets frame the player, so no origin is
 * named here: the message is worth nothing but a question to the server.
 */
export function nudgeParent(nudge: PlayerNudge): void {
  if (window.parent !== window) window.parent.postMessage(nudge, "*");
}
