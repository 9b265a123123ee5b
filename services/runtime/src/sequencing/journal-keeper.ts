import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import { launchNotFound } from "../errors.ts";
import { modelOfCourse } from "../instance/model-of-course.ts";
import { state2004 } from "../instance/scorm2004-model.ts";
import type { JournalWriter, JournalWriterDeps } from "../journal/append-journal.ts";
import type { JournalInstance } from "../journal/instance-memory.ts";
import { loadInstance } from "../journal/load-instance.ts";
import { changeEvents } from "../journal/progress-event.ts";
import { sameStanding } from "../journal/result-events.ts";
import { writeCalls } from "../journal/write-calls.ts";
import type { KnownLaunch, LaunchDirectory } from "../launch/launch-directory.ts";
import type { Keeper } from "./steps.ts";
import { writeAnswer } from "./write-answer.ts";

/** Keeps what is recorded: in the journal, with the answers beside it and the instance as their fold. */
export function journalKeeper(
  deps: JournalWriterDeps & { readonly journal: JournalWriter; readonly directory: LaunchDirectory },
): Keeper<JournalInstance> {
  const { pool, catalog, memory, journal, directory, now } = deps;
  const reload = async ({ tenantId, instanceId }: KnownLaunch): Promise<JournalInstance> => {
    const instance = await loadInstance(pool(), tenantId, instanceId);
    if (instance === undefined) throw launchNotFound();
    return instance;
  };
  return {
    stateOf: ({ state }) => state2004(state),
    // Previews share one made-up learner in what their content sees; what sequencing keeps of each stays with it.
    as: ({ id }, { preview, owner }) => ({
      instanceId: id,
      learnerId: preview || owner.learnerId === "" ? owner.registrationId : owner.learnerId,
    }),
    load: async (launch) => memory.get(launch.instanceId) ?? reload(launch),
    reload,
    async foldedLaunch({ state, tenantId }, launch) {
      if (state.launch === launch.id) return launch;
      return state.launch === "" ? undefined : directory.byId(tenantId, state.launch);
    },
    async append(launch, calls) {
      const { acknowledgedSeq, instance } = await journal.append(launch, calls);
      return { acknowledgedSeq, kept: instance };
    },
    async record(instance, launch, call) {
      const position = instance.launches.get(launch.id);
      if (position === undefined) throw launchNotFound();
      const tuples = [call];
      return writeCalls(deps, launch, instance, position, { tuples, text: JSON.stringify(tuples) });
    },
    async answer(instance, launch, answer: SequencingAnswer) {
      const { outline } = await catalog.outline(launch.tenantId, launch.packageId);
      const model = modelOfCourse(outline);
      const { state } = model.fold(launch.terms.context, instance.state, [], [answer]);
      const result = model.result(launch.terms, state);
      const change = { before: instance.result, after: result, seqOf: () => answer.seq };
      const rows = model.changedRows(instance.state, state);
      const touched = !sameStanding(instance.result, result);
      const at = now();
      memory.forget(instance.id);
      const size = await inTenant(pool(), launch.tenantId, (client) =>
        writeAnswer(client, {
          instance,
          answer,
          current: state.current,
          result,
          rows,
          touched,
          // An answer opens and closes nothing that content has begun.
          events: changeEvents(launch, change, [], at),
          at,
        }),
      );
      if (size === undefined) return undefined;
      const sizes = new Map([...instance.sizes, ...rows.map(([activity, text]) => [activity, text.length] as const)]);
      const touchedAt = touched ? at.getTime() : instance.touchedAt;
      const next = { ...instance, version: instance.version + 1, state, result, touchedAt, sizes, answerSize: size };
      memory.keep(next);
      return next;
    },
  };
}
