import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { StepService } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { ActivityIndex } from "@coursemesh/scorm/sequencing/activity-index.ts";
import { explainTrace } from "@coursemesh/scorm/sequencing/explain/explain-trace.ts";
import { stateChanges } from "@coursemesh/scorm/sequencing/explain/state-changes.ts";
import { textsFor } from "@coursemesh/scorm/sequencing/explain/texts-for.ts";
import { openSession } from "@coursemesh/scorm/sequencing/session.ts";
import { activityNodes } from "../activity/activity-nodes.ts";
import { overrideInvalid, sessionNotFound, stepNotFound } from "../errors.ts";
import { navigationControls } from "../session/controls.mapper.ts";
import { findSession, type SessionRow } from "../session/session.repository.ts";
import type { ReaderDeps } from "./moment.ts";
import { replay } from "./replay.ts";
import { overriddenCourse, simulate } from "./simulate.ts";
import { changeMessage, processMessage, stepMessage } from "./step.mapper.ts";
import { countSteps, findStep, listSteps, type StepRow } from "./step.repository.ts";
import { stateAfter } from "./stored-state.ts";
import { toldSteps } from "./told-steps.ts";

/** The trace, for people, and sessions played again. */
export function stepRpc({ pool, catalog }: ReaderDeps): ServiceImpl<typeof StepService> {
  const requireSession = async (organizationId: string, instanceId: string): Promise<SessionRow> => {
    const row = await inTenant(pool(), organizationId, (client) => findSession(client, organizationId, instanceId));
    if (row === undefined) throw sessionNotFound({ instance_id: instanceId });
    return row;
  };
  const allSteps = (organizationId: string, instanceId: string, until?: number): Promise<StepRow[]> =>
    inTenant(pool(), organizationId, (client) => listSteps(client, instanceId, until === undefined ? {} : { until }));

  return {
    async listSteps({ instanceId, launchId, page, locale }, context) {
      const organizationId = organizationOf(context);
      const { courseVersionId } = await requireSession(organizationId, instanceId);
      const list = `steps of ${instanceId} ${launchId}`;
      const start = readPageRequest(page, list);
      const after = Number(start.after?.[0] ?? 0);
      const found = await inTenant(pool(), organizationId, async (client) => {
        const steps = await listSteps(client, instanceId, { launchId, after, limit: start.limit + 1 });
        const total = page?.withTotal ? await countSteps(client, instanceId, launchId) : undefined;
        const [first, last] = [steps[0], steps.at(-1)];
        const told = first && last ? await toldSteps(client, instanceId, last.revision, first.revision - 1) : [];
        return { steps, total, told: new Map(told.map((step) => [step.id, step])) };
      });
      const { index } = await catalog.course(organizationId, courseVersionId);
      const session = openSession(index);
      const { rows, nextPageToken } = cutPage(found.steps, start, list, ({ revision }) => [revision]);
      return {
        steps: rows.map((row) =>
          stepMessage(row, found.told.get(row.id) ?? { id: row.id, trace: [] }, session, locale),
        ),
        page: { nextPageToken, ...(found.total !== undefined && { total: found.total }) },
      };
    },

    async getStep({ id, locale }, context) {
      const organizationId = organizationOf(context);
      const found = await inTenant(pool(), organizationId, async (client) => {
        const step = await findStep(client, organizationId, id);
        if (step === undefined) throw stepNotFound({ id });
        const { instanceId, revision } = step;
        const before = await stateAfter(client, instanceId, revision - 1);
        const after = await stateAfter(client, instanceId, revision);
        return { step, before, after, told: await toldSteps(client, instanceId, revision) };
      });
      const { step, told } = found;
      const { index } = await catalog.course(organizationId, step.courseVersionId);
      const session = openSession(index, found.after);
      const story = { session, steps: told, texts: textsFor(locale) };
      return {
        step: stepMessage(step, told.at(-1) ?? { id, trace: [] }, session, locale),
        processes: explainTrace(story).map(processMessage),
        changes: stateChanges(openSession(index, found.before), session).map(changeMessage),
        controls: navigationControls(session, step.asked.now, locale),
      };
    },

    async replaySession({ instanceId, untilRevision }, context) {
      const organizationId = organizationOf(context);
      const row = await requireSession(organizationId, instanceId);
      const steps = await allSteps(organizationId, instanceId, untilRevision > 0n ? Number(untilRevision) : undefined);
      const courses = new Map<string, ActivityIndex>();
      for (const version of new Set([row.courseVersionId, ...steps.map((step) => step.courseVersionId)])) {
        courses.set(version, (await catalog.course(organizationId, version)).index);
      }
      const present = courses.get(row.courseVersionId);
      const courseOf = (step: StepRow) => courses.get(step.courseVersionId) ?? present ?? never(step);
      let replayedHash = "";
      let replayed = 0;
      for (const { step, hash, same, done } of replay(steps, { courseOf, seed: row.seed })) {
        replayed += 1;
        replayedHash = hash;
        if (same) continue;
        const stored = await inTenant(pool(), organizationId, (it) => stateAfter(it, instanceId, step.revision));
        return {
          identical: false,
          storedHash: step.stateHash.toString("hex"),
          replayedHash,
          firstDifferenceStepId: step.id,
          differences: stateChanges(openSession(courseOf(step), stored), done.session).map(changeMessage),
          stepsReplayed: BigInt(replayed),
        };
      }
      const storedHash = steps.at(-1)?.stateHash.toString("hex") ?? "";
      return { identical: true, storedHash, replayedHash, stepsReplayed: BigInt(replayed) };
    },

    async simulateSession({ instanceId, overrides, locale }, context) {
      const organizationId = organizationOf(context);
      const row = await requireSession(organizationId, instanceId);
      if (overrides === undefined) throw overrideInvalid({ field: "overrides", description: "is missing" });
      const version = await catalog.course(organizationId, overrides.courseVersionId || row.courseVersionId);
      if (version.courseId !== row.courseId) {
        throw overrideInvalid({ field: "course_version_id", description: "it is another course's" });
      }
      const index = overriddenCourse(version.index.tree, overrides);
      const steps = await allSteps(organizationId, instanceId);
      const simulated = simulate(steps, index, overrides.randomSeed ?? row.seed, overrides);
      const texts = textsFor(locale);
      const messages = simulated.map(({ row: step, told, replayed }) =>
        stepMessage(step, told, replayed.done.session, locale),
      );
      const at = simulated.findIndex(({ replayed }) => !replayed.same);
      const last = simulated.at(-1);
      const summary = at < 0 ? texts.simulatedSame : texts.simulatedOther(messages[at]?.summary ?? "");
      return {
        steps: messages,
        firstDifferenceStepId: messages[at]?.id ?? "",
        summary: simulated.length < steps.length ? `${summary} ${texts.simulatedShort}` : summary,
        activities: last === undefined ? [] : activityNodes(last.replayed.done.session, last.row.asked.now, locale),
      };
    },
  };
}

function never(step: StepRow): never {
  throw new Error(`the course version of step ${step.id} was not asked for`);
}
