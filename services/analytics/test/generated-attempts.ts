import { create, type DescMessage, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { AnySchema, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { type EventEnvelope, EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { CourseCreatedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import {
  ActivitiesProgressedSchema,
  ActivityChangeKind,
  LaunchEndedSchema,
  LaunchOpenedSchema,
  RegistrationCreatedSchema,
  RegistrationProgressedSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";

/** What was made up, as the columns of a table; times in Unix milliseconds. */
export interface Attempt {
  readonly registration_id: string;
  readonly learner: string;
  readonly course_id: string;
  readonly version_id: string;
  readonly source: string;
  readonly tag: string;
  readonly created_at: number;
  /** Null: never launched, and what follows means nothing. */
  readonly opened_at: number | null;
  /** When the first answer was given. */
  readonly answered_at: number | null;
  readonly judged_at: number | null;
  readonly ended_at: number | null;
  readonly verdict: "passed" | "failed" | "completed" | "none";
  readonly score: number | null;
  readonly reported_ms: number;
  readonly correct: boolean;
  /** Last activity that was reached. */
  readonly activity: "intro" | "quiz";
}

/** The same numbers for the same seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const id = (family: string, number: number): string =>
  `${family.padEnd(8, "0")}-0000-7000-8000-${String(number).padStart(12, "0")}`;

export const courseId = (course: number): string => id("c", course);

/** Makes up attempts between two moments. */
export function generateAttempts(count: number, from: number, to: number, seed = 7): Attempt[] {
  const next = random(seed);
  const pick = (most: number): number => Math.floor(next() * most);
  return Array.from({ length: count }, (_, index): Attempt => {
    const course = Math.min(pick(6), pick(6));
    const created = from + pick(to - from);
    const opened = next() < 0.85 ? created + pick(2 * 24 * 3_600_000) : null;
    const verdict = (["passed", "passed", "failed", "completed", "none"] as const)[pick(5)] ?? "none";
    const answered = opened === null ? null : opened + 1_000 + pick(400_000);
    const judged = answered === null ? null : answered + pick(500_000);
    return {
      registration_id: id("a", index + seed * 1_000_000),
      learner: `learner-${pick(Math.max(1, Math.floor(count / 3)))}`,
      course_id: courseId(course),
      version_id: id("b", course * 10 + pick(2)),
      source: pick(3) === 0 ? "web" : "api",
      tag: pick(4) === 0 ? "pilot" : "all",
      created_at: created,
      opened_at: opened,
      answered_at: answered,
      judged_at: judged,
      ended_at: judged === null ? null : judged + pick(700_000),
      verdict,
      score: verdict === "none" || verdict === "completed" ? null : pick(101) / 100,
      reported_ms: 1_000 * pick(900),
      correct: pick(2) === 0,
      activity: pick(3) === 0 ? "intro" : "quiz",
    };
  });
}

/** An event as a bus carries it. */
export function envelope<Desc extends DescMessage>(
  organizationId: string,
  schema: Desc,
  at: number,
  init: MessageInitShape<Desc>,
): EventEnvelope {
  const value = toBinary(schema, create(schema, init));
  return create(EventEnvelopeSchema, {
    id: uuidV7(),
    organizationId,
    type: schema.typeName,
    occurredAt: timestampFromMs(at),
    payload: create(AnySchema, { typeUrl: `type.googleapis.com/${schema.typeName}`, value }),
  });
}

/** The events that tell of courses. */
export function courseEvents(organizationId: string, count = 6): EventEnvelope[] {
  return Array.from({ length: count }, (_, course) =>
    envelope(organizationId, CourseCreatedSchema, 0, {
      course: { id: courseId(course), title: `Course ${course}`, tags: course === 0 ? ["safety"] : [] },
    }),
  );
}

/** The events that tell of an attempt, in their order. */
export function eventsOf(organizationId: string, attempt: Attempt): EventEnvelope[] {
  const {
    registration_id: registrationId,
    course_id,
    version_id,
    opened_at,
    answered_at,
    judged_at,
    ended_at,
  } = attempt;
  const instanceId = registrationId.replace(/^a/, "d");
  const launchId = registrationId.replace(/^a/, "e");
  const events = [
    envelope(organizationId, RegistrationCreatedSchema, attempt.created_at, {
      registration: {
        id: registrationId,
        courseId: course_id,
        learner: { id: attempt.learner, firstName: "Name of", lastName: attempt.learner },
        instance: { id: instanceId, courseVersionId: version_id },
        createTime: timestampFromMs(attempt.created_at),
        source: attempt.source,
        tags: [attempt.tag],
      },
    }),
  ];
  if (opened_at === null || answered_at === null || judged_at === null || ended_at === null) return events;
  const owner = {
    registrationId,
    instanceId,
    courseId: course_id,
    courseVersionId: version_id,
    learnerId: attempt.learner,
    launchId,
  };
  const launch = { id: launchId, registrationId, instanceId, openTime: timestampFromMs(opened_at) };
  const verdict =
    attempt.verdict === "passed" ? Success.PASSED : attempt.verdict === "failed" ? Success.FAILED : Success.UNKNOWN;
  const complete = attempt.verdict === "passed" || attempt.verdict === "completed";
  const result = {
    completion: complete ? Completion.COMPLETE : Completion.INCOMPLETE,
    success: verdict,
    ...(attempt.score !== null && { score: { scaled: attempt.score } }),
  };
  const progress = (at: number, kind: ActivityChangeKind, more: object) =>
    envelope(organizationId, ActivitiesProgressedSchema, at, {
      ...owner,
      scorm2004: true,
      changes: [
        {
          kind,
          activity: attempt.activity,
          title: attempt.activity,
          attempt: 1,
          session: 1,
          time: timestampFromMs(at),
          ...more,
        },
      ],
    });
  return [
    ...events,
    envelope(organizationId, LaunchOpenedSchema, opened_at, { launch }),
    envelope(organizationId, RegistrationProgressedSchema, answered_at, {
      change: { ...owner, result: { completion: Completion.INCOMPLETE, success: Success.UNKNOWN } },
    }),
    progress(answered_at, ActivityChangeKind.ANSWERED, {
      interaction: {
        id: "q1",
        type: "choice",
        response: attempt.correct ? "a" : "b",
        result: attempt.correct ? "correct" : "incorrect",
        latency: "PT2S",
      },
    }),
    envelope(organizationId, RegistrationProgressedSchema, judged_at, { change: { ...owner, result } }),
    progress(ended_at, ActivityChangeKind.TERMINATED, {
      outcome: { completion: complete, sessionSeconds: attempt.reported_ms / 1000 },
    }),
    envelope(organizationId, LaunchEndedSchema, ended_at, {
      launch: { ...launch, endTime: timestampFromMs(ended_at), end: LaunchEnd.EXIT },
    }),
  ];
}

/** In another order, some of them twice. */
export function disordered<T>(items: readonly T[], seed = 3): T[] {
  const next = random(seed);
  return items
    .flatMap((item) => (next() < 0.2 ? [item, item] : [item]))
    .map((item) => ({ item, key: next() }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ item }) => item);
}
