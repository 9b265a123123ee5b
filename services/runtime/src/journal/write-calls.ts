import type { Catalog } from "../catalog/catalog.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import { foldCalls, type NewCalls } from "./fold-calls.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { InstanceMemory, JournalInstance, LaunchPosition } from "./instance-memory.ts";

/** What writing calls needs. */
export interface CallWriterDeps {
  readonly catalog: Catalog;
  readonly memory: InstanceMemory;
  readonly commit: GroupCommit;
  readonly now: () => Date;
}

/** Writes calls that come next in a launch's journal. Answers with the instance after them; undefined when it had changed meanwhile. */
export async function writeCalls(
  deps: CallWriterDeps,
  launch: KnownLaunch,
  instance: JournalInstance,
  position: LaunchPosition,
  calls: Pick<NewCalls, "tuples" | "text">,
): Promise<JournalInstance | undefined> {
  const { outline } = await deps.catalog.outline(launch.tenantId, launch.packageId);
  const { epoch, lastSeq } = position;
  const { append, next } = foldCalls(outline, instance, { launch, epoch, lastSeq, ...calls, receivedAt: deps.now() });
  // Until the database has answered, nobody knows what is in it.
  deps.memory.forget(instance.id);
  if (!(await deps.commit.write(append))) return undefined;
  deps.memory.keep(next);
  return next;
}
