import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type OutboxRow, outboxRow } from "@coursemesh/platform/events/outbox.ts";
import {
  ActivitiesProgressedSchema,
  type ActivityChange,
  ActivityChangeKind,
  ActivityChangeSchema,
  type ActivityOutcome,
  ActivityOutcomeSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { Outcome } from "@coursemesh/scorm/change/activity-standing.ts";
import { is2004 } from "../instance/instance-model.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import type { StoredResult } from "../result/result.ts";
import { type ResultStep, resultEvents } from "./result-events.ts";
import type { ToldChange } from "./tell-calls.ts";

const kinds = {
  initialized: ActivityChangeKind.INITIALIZED,
  resumed: ActivityChangeKind.RESUMED,
  suspended: ActivityChangeKind.SUSPENDED,
  terminated: ActivityChangeKind.TERMINATED,
  completed: ActivityChangeKind.COMPLETED,
  passed: ActivityChangeKind.PASSED,
  failed: ActivityChangeKind.FAILED,
  answered: ActivityChangeKind.ANSWERED,
} as const;

/** Settings that go along with what is told. */
const SETTINGS = "statements.";

/** Everything that is announced of a change: of the course's result, and of its activities. Nothing of previews. */
export function changeEvents(
  launch: KnownLaunch,
  step: ResultStep,
  told: readonly ToldChange[],
  now: Date,
): OutboxRow[] {
  if (launch.preview) return [];
  const changes = [...told.map((one) => changeMessage(one, now)), ...courseChanges(step, now)];
  const events = resultEvents(launch.owner, step);
  if (changes.length === 0) return events;
  const { organizationId, ...owner } = launch.owner;
  const { settings, courseTitle, context } = launch.terms;
  const message = create(ActivitiesProgressedSchema, {
    ...owner,
    courseTitle,
    scorm2004: is2004(context),
    settings: Object.fromEntries(Object.entries(settings).filter(([id]) => id.startsWith(SETTINGS))),
    changes,
  });
  return [...events, outboxRow(organizationId, ActivitiesProgressedSchema, message)];
}

function changeMessage({ change, outcome, at, ...place }: ToldChange, now: Date): ActivityChange {
  return create(ActivityChangeSchema, {
    ...place,
    kind: kinds[change.kind],
    time: timestampFromMs(timeOf(at, now)),
    outcome: outcomeMessage(outcome, "sessionSeconds" in change ? change.sessionSeconds : undefined),
    ...(change.kind === "answered" && {
      interaction: {
        ...change.interaction,
        objectives: [...change.interaction.objectives],
        correctResponses: [...change.interaction.correctResponses],
      },
    }),
  });
}

/** Learners' clocks say anything; what they say counts unless it lies ahead, or before there were computers. */
function timeOf(at: number | undefined, now: Date): number {
  const latest = now.getTime();
  return at === undefined || at > latest || at < 0 ? latest : Math.round(at);
}

function outcomeMessage({ completion, success, score }: Outcome, sessionSeconds: number | undefined): ActivityOutcome {
  return create(ActivityOutcomeSchema, {
    ...(completion !== undefined && { completion }),
    ...(success !== undefined && { success }),
    ...(score?.scaled !== undefined && { scoreScaled: score.scaled }),
    ...(score?.raw !== undefined && { scoreRaw: score.raw }),
    ...(score?.min !== undefined && { scoreMin: score.min }),
    ...(score?.max !== undefined && { scoreMax: score.max }),
    ...(sessionSeconds !== undefined && { sessionSeconds }),
  });
}

/** What the course as a whole came to. */
function courseChanges({ before, after, seqOf }: ResultStep, now: Date): ActivityChange[] {
  const changes: ActivityChange[] = [];
  const add = (kind: ActivityChangeKind, aspect: (result: StoredResult) => unknown): void => {
    const outcome = outcomeMessage(courseOutcome(after), undefined);
    changes.push(
      create(ActivityChangeSchema, { kind, seq: seqOf(aspect), time: timestampFromMs(now.getTime()), outcome }),
    );
  };
  if (after.completion === Completion.COMPLETE && before.completion !== Completion.COMPLETE)
    add(ActivityChangeKind.COMPLETED, ({ completion }) => completion);
  if (after.success !== before.success && after.success === Success.PASSED)
    add(ActivityChangeKind.PASSED, ({ success }) => success);
  if (after.success !== before.success && after.success === Success.FAILED)
    add(ActivityChangeKind.FAILED, ({ success }) => success);
  return changes;
}

function courseOutcome({ completion, success, scoreScaled, scoreRaw, scoreMin, scoreMax }: StoredResult): Outcome {
  return {
    completion: completion === Completion.COMPLETE,
    ...(success === Success.PASSED || success === Success.FAILED ? { success: success === Success.PASSED } : {}),
    ...(scoreScaled !== null && {
      score: {
        scaled: scoreScaled,
        ...(scoreRaw !== null && { raw: scoreRaw }),
        ...(scoreMin !== null && { min: scoreMin }),
        ...(scoreMax !== null && { max: scoreMax }),
      },
    }),
  };
}
