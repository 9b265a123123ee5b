import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { CallStore } from "../journal/call-store.ts";
import { JournalQueue } from "../journal/journal-queue.ts";
import { unsentCalls } from "../journal/unsent-calls.ts";
import type { LaunchApi } from "../protocol/launch-api.ts";
import { LaunchError } from "../protocol/launch-error.ts";
import { isScorm2004, type OpenedLaunch } from "../protocol/opened-launch.ts";
import { Scorm12Session } from "../scorm12/scorm12-session.ts";
import { readSettings } from "../settings.ts";
import { activityAddress } from "./activity-address.ts";
import type { CourseSession, SessionEvents } from "./course-session.ts";
import { openPatiently } from "./open-patiently.ts";
import type { SessionParts } from "./session-parts.ts";

/** Makes the session of a launch that the server has opened; `found` are its calls on this device. Rejects with a `LaunchError`. */
export async function openCourseSession(
  base: string,
  opened: OpenedLaunch,
  found: readonly JournalCall[],
  api: LaunchApi,
  store: CallStore,
  events: SessionEvents,
): Promise<CourseSession> {
  const makeSession = await sessionMaker(opened);
  const unsent = unsentCalls(opened.acknowledgedSeq, found);
  const queue = new JournalQueue({
    api,
    store,
    launch: { base, launchId: opened.launch.id },
    acknowledged: opened.acknowledgedSeq,
    unsent,
    onStatus: events.onStatus,
    onReceipt: (receipt) => session.onReceipt?.(receipt),
    onRefused: events.onRefused,
  });
  const addressOf = (href: string) => activityAddress(base, href);
  const session = makeSession({ settings: readSettings(opened.settings), queue, unsent, events, addressOf });
  return session;
}

/** The sequencing core is as large as the rest of the player, and courses of SCORM 1.2 need none of it. */
async function sessionMaker(opened: OpenedLaunch): Promise<(parts: SessionParts) => CourseSession> {
  if (!isScorm2004(opened)) return (parts) => new Scorm12Session(opened, parts);
  const { Scorm2004Session } = await openPatiently(() =>
    import("../scorm2004/scorm2004-session.ts").catch((cause: unknown) => {
      throw new LaunchError(0, "NETWORK", String(cause));
    }),
  );
  return (parts) => new Scorm2004Session(opened, parts);
}
