import type { JournalStatus } from "../journal/journal-status.ts";

/** What the learner is told about saving. Only `saved` looks like success, and only the server's acknowledgement makes it. */
export type SaveIndicator =
  /** Nothing was recorded yet. */
  | { readonly kind: "idle" }
  | { readonly kind: "saving" }
  | { readonly kind: "saved"; readonly at: number }
  | { readonly kind: "offline" | "failing"; readonly kept: boolean; readonly retryAt: number };

/** Milliseconds before "Saving…" is shown; most saves are over by then. */
export const quietFor = 600;

/** What to show of a journal at the time `now`. */
export function saveIndicator(status: JournalStatus, now: number): SaveIndicator {
  if (status.trouble !== "none") return { kind: status.trouble, kept: status.kept, retryAt: status.retryAt };
  if (status.waitingSince > 0 && now - status.waitingSince >= quietFor) return { kind: "saving" };
  if (status.savedAt === 0) return { kind: status.waitingSince > 0 ? "saving" : "idle" };
  return { kind: "saved", at: status.savedAt };
}

/** How the change from one indicator to the next is announced to a screen reader; undefined for silence. */
export function announcementOf(
  before: SaveIndicator,
  after: SaveIndicator,
  savedOnce: boolean,
): Announcement | undefined {
  const wasTrouble = before.kind === "offline" || before.kind === "failing";
  if (after.kind === "offline" || after.kind === "failing") return before.kind === after.kind ? undefined : "trouble";
  if (after.kind === "saved") return wasTrouble ? "back" : savedOnce ? undefined : "saved";
  return wasTrouble && after.kind === "idle" ? "back" : undefined;
}

/** `trouble` interrupts; the others wait their turn. */
export type Announcement = "trouble" | "back" | "saved";
