import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { JournalQueue } from "../journal/journal-queue.ts";
import type { PlayerSettings } from "../settings.ts";
import type { SessionEvents } from "./course-session.ts";

/** What every course session is made of, whatever its standard. */
export interface SessionParts {
  readonly settings: PlayerSettings;
  readonly queue: JournalQueue;
  /** Calls of this launch that the server has not received yet. */
  readonly unsent: readonly JournalCall[];
  readonly events: SessionEvents;
  /** Where content with this `href` of the manifest is. */
  readonly addressOf: (href: string) => string;
}
