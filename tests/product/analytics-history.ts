import { timestampFromMs as timestampOf } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { CourseCreatedSchema, CourseVersionCreatedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import {
  DestinationCreatedSchema,
  DispatchLaunchedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
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
import { envelope as envelopeOf, random } from "../../services/analytics/test/generated-attempts.ts";

/** A made-up history that looks like one: weekdays, office hours, growth, hard courses and easy ones. */
export interface History {
  readonly events: EventEnvelope[];
  /** Registrations by course, in the order of `COURSES`. */
  readonly registrations: readonly number[];
}

const DAY = 86_400_000;
/** Times are whole milliseconds, as services write them. */
const envelope: typeof envelopeOf = (organizationId, schema, at, init) =>
  envelopeOf(organizationId, schema, Math.floor(at), init);
const timestampFromMs = (ms: number) => timestampOf(Math.floor(ms));
const MINUTE = 60_000;

interface MadeCourse {
  readonly title: string;
  readonly tags: readonly string[];
  /** 0 to 1: how much of the registrations is theirs, how likely one passes, and goes on from one activity to the next. */
  readonly share: number;
  readonly ease: number;
  readonly stay: number;
  readonly activities: readonly string[];
  readonly questions: readonly string[];
}

const COURSES: readonly MadeCourse[] = [
  {
    title: "Fire safety at work",
    tags: ["safety"],
    share: 0.34,
    ease: 0.82,
    stay: 0.95,
    activities: ["Welcome", "How fires start", "Extinguishers", "Escape routes", "Drill with a map", "Final test"],
    questions: [
      "Which extinguisher for burning fat?",
      "What do you do first when you see smoke?",
      "Where do you meet after leaving?",
      "How often are escape routes checked?",
      "Which door stays closed?",
      "What does a green sign with a running figure say?",
      "Whom do you call?",
      "When may you use the lift?",
      "How long does a powder extinguisher last?",
      "What is the fire triangle?",
    ],
  },
  {
    title: "Phishing: read twice, click once",
    tags: ["security"],
    share: 0.26,
    ease: 0.68,
    stay: 0.9,
    activities: ["Five real messages", "Addresses that lie", "What to report", "Test"],
    questions: [
      "Which sender is forged?",
      "Where does this link go?",
      "What is urgent here?",
      "Who may ask for a password?",
    ],
  },
  {
    title: "Data protection for everyone",
    tags: ["security", "law"],
    share: 0.18,
    ease: 0.55,
    stay: 0.84,
    activities: [
      "What personal data is",
      "Lawful reasons",
      "Rights of people",
      "When something leaks",
      "Case study",
      "Exam",
    ],
    questions: [
      "Is a licence plate personal data?",
      "How long may you keep it?",
      "What within 72 hours?",
      "Who decides?",
    ],
  },
  {
    title: "First aid refresher",
    tags: ["safety"],
    share: 0.12,
    ease: 0.9,
    stay: 0.97,
    activities: ["Recovery position", "CPR", "Check"],
    questions: [],
  },
  {
    title: "Manual handling and a healthy back in warehouses",
    tags: ["safety"],
    share: 0.07,
    ease: 0.74,
    stay: 0.78,
    activities: ["Lifting", "Pushing", "Quiz"],
    questions: ["Which lift is right?"],
  },
  {
    title: "Negotiation, part 2",
    tags: [],
    share: 0.03,
    ease: 0.4,
    stay: 0.7,
    activities: ["Preparing", "Anchors", "Role play"],
    questions: [],
  },
];

const CUSTOMERS = ["Northwind Logistics", "Brenner Maschinenbau", "City of Aldmoor", "Lindqvist & Partners"];
const FIRST = [
  "Ana",
  "Ben",
  "Chiara",
  "Dmitri",
  "Elif",
  "Femi",
  "Grete",
  "Hiro",
  "Ines",
  "Jonas",
  "Kira",
  "Luis",
  "Mona",
  "Nils",
  "Oya",
];
const LAST = [
  "Silva",
  "Okafor",
  "Brandt",
  "Petrov",
  "Yilmaz",
  "Larsen",
  "Rossi",
  "Tanaka",
  "Novak",
  "Weber",
  "Haddad",
  "Costa",
];

/**
 * Makes up what happened in the days before `now`.
 * @param count registrations. @param now Unix milliseconds; some learners are in a course then.
 */
export function makeHistory(organizationId: string, count: number, days: number, now: number, seed = 11): History {
  const next = random(seed);
  const made = COURSES.map((course) => ({ ...course, id: uuidV7(), versions: [uuidV7(), uuidV7()] }));
  const customers = CUSTOMERS.map((name) => ({ name, id: uuidV7() }));
  const events: EventEnvelope[] = [
    ...customers.map(({ id, name }) =>
      envelope(organizationId, DestinationCreatedSchema, now - days * DAY, { destination: { id, name } }),
    ),
    ...made.flatMap(({ id, title, tags, versions: [first = "", second = ""] }) => [
      envelope(organizationId, CourseCreatedSchema, now - days * DAY, {
        course: { id, title, tags: [...tags], currentVersion: { id: second } },
      }),
      envelope(organizationId, CourseVersionCreatedSchema, now - days * DAY, {
        courseVersion: { id: first, courseId: id, title, number: 1 },
      }),
      envelope(organizationId, CourseVersionCreatedSchema, now - 45 * DAY, {
        courseVersion: { id: second, courseId: id, title, number: 2 },
      }),
    ]),
  ];
  const registrations = made.map(() => 0);
  for (let index = 0; index < count; index += 1) {
    const course =
      made[
        choose(
          made.map(({ share }) => share),
          next(),
        )
      ];
    if (course === undefined) continue;
    const at = made.indexOf(course);
    registrations[at] = (registrations[at] ?? 0) + 1;
    const customer = next() < 0.4 ? customers[choose([0.5, 0.3, 0.15, 0.05], next())] : undefined;
    events.push(...attempt(organizationId, course, customer?.id ?? "", index, workMoment(now, days, next), now, next));
  }
  return { events, registrations };
}

type Made = MadeCourse & { readonly id: string; readonly versions: readonly string[] };

function attempt(
  organizationId: string,
  course: Made,
  destinationId: string,
  index: number,
  created: number,
  now: number,
  next: () => number,
): EventEnvelope[] {
  const registrationId = uuidV7();
  const instanceId = uuidV7();
  const person = Math.floor(next() ** 1.6 * 240);
  const learner = {
    id: `staff-${1000 + person}`,
    firstName: FIRST[person % FIRST.length] ?? "",
    lastName: LAST[(person * 7 + Math.floor(person / 15)) % LAST.length] ?? "",
  };
  const courseVersionId = course.versions[created < now - 45 * DAY ? 0 : 1] ?? "";
  const event = envelope.bind(undefined, organizationId);
  const events = [
    event(RegistrationCreatedSchema, created, {
      registration: {
        id: registrationId,
        courseId: course.id,
        learner,
        instance: { id: instanceId, courseVersionId },
        createTime: timestampFromMs(created),
        source: destinationId ? "dispatch" : index % 3 === 0 ? "web" : "api",
        tags: index % 4 === 0 ? ["autumn intake"] : [],
      },
    }),
    ...(destinationId ? [event(DispatchLaunchedSchema, created, { registrationId, destinationId })] : []),
  ];
  if (next() < 0.08) return events;
  const skill = next();
  let at = created + next() * 30 * MINUTE;
  let reached = 0;
  const sessions = 1 + Math.floor(next() ** 2 * 3);
  for (let session = 0; session < sessions && at < now; session += 1) {
    const launchId = uuidV7();
    const launch = { id: launchId, registrationId, instanceId, openTime: timestampFromMs(at) };
    const owner = { registrationId, instanceId, courseId: course.id, courseVersionId, learnerId: learner.id, launchId };
    events.push(event(LaunchOpenedSchema, at, { launch }));
    const tell = (when: number, kind: ActivityChangeKind, activity: number, more: object = {}) =>
      events.push(
        event(ActivitiesProgressedSchema, when, {
          ...owner,
          scorm2004: true,
          changes: [
            {
              kind,
              activity: `activity-${activity}`,
              title: course.activities[activity] ?? "",
              attempt: 1,
              session: session + 1,
              time: timestampFromMs(when),
              ...more,
            },
          ],
        }),
      );
    let open = true;
    while (reached < course.activities.length && open && at < now) {
      tell(at, ActivityChangeKind.INITIALIZED, reached);
      at += (2 + next() * 6) * MINUTE;
      const last = reached === course.activities.length - 1;
      if (last) {
        for (const [number, text] of course.questions.entries()) {
          const right = next() < 0.25 + 0.6 * skill - 0.35 * (number % 4 === 1 ? 1 : 0) + 0.15 * course.ease;
          at += (10 + next() * 40) * 1000;
          const options = ["a", "b", "c", "d"];
          const response = right ? "b" : (options[[0, 2, 3][Math.floor(next() * 2.4)] ?? 0] ?? "a");
          tell(at, ActivityChangeKind.ANSWERED, reached, {
            interaction: {
              id: `q${number + 1}`,
              description: text,
              type: "choice",
              response,
              result: right ? "correct" : "incorrect",
              latency: `PT${Math.ceil(8 + next() * 40)}S`,
            },
          });
        }
        const passed = skill * 0.6 + next() * 0.4 < course.ease;
        const scaled = Math.round(Math.min(1, passed ? 0.7 + next() * 0.3 : 0.25 + next() * 0.45) * 100) / 100;
        const judged = course.questions.length > 0;
        tell(at, ActivityChangeKind.TERMINATED, reached, { outcome: { completion: true, sessionSeconds: 300 } });
        events.push(
          event(RegistrationProgressedSchema, at, {
            change: {
              ...owner,
              result: {
                completion: passed || !judged ? Completion.COMPLETE : Completion.INCOMPLETE,
                success: !judged ? Success.UNKNOWN : passed ? Success.PASSED : Success.FAILED,
                ...(judged && { score: { scaled } }),
              },
            },
          }),
        );
        open = passed || !judged ? false : next() < 0.55;
        if (!open) reached += 1;
        else at += 20 * MINUTE;
      } else if (next() < course.stay) {
        tell(at, ActivityChangeKind.COMPLETED, reached, { outcome: { completion: true, sessionSeconds: 240 } });
        reached += 1;
        if (next() < 0.12) at += next() * 25 * MINUTE;
        if (next() < 0.1) open = false;
      } else {
        tell(at, ActivityChangeKind.SUSPENDED, reached, { outcome: { sessionSeconds: 120 } });
        events.push(
          event(RegistrationProgressedSchema, at, {
            change: { ...owner, result: { completion: Completion.INCOMPLETE, success: Success.UNKNOWN } },
          }),
        );
        open = false;
      }
    }
    if (at > now) return events.filter(({ occurredAt }) => Number(occurredAt?.seconds ?? 0n) * 1000 <= now);
    events.push(
      event(LaunchEndedSchema, at, { launch: { ...launch, endTime: timestampFromMs(at), end: LaunchEnd.EXIT } }),
    );
    if (reached >= course.activities.length) break;
    at = Math.max(at, at + (0.5 + next() * 3) * DAY);
  }
  return events;
}

/** Index by weight. */
function choose(weights: readonly number[], value: number): number {
  let sum = 0;
  const found = weights.findIndex((weight) => {
    sum += weight;
    return value < sum;
  });
  return found === -1 ? 0 : found;
}

/** Mostly weekdays and working hours, more towards the end. */
function workMoment(now: number, days: number, next: () => number): number {
  for (;;) {
    const at = now - days * DAY * (1 - next() ** 0.75);
    const day = new Date(at).getUTCDay();
    const hour = new Date(at).getUTCHours();
    const likely =
      (day === 0 || day === 6 ? 0.12 : day === 2 ? 1 : 0.75) * (hour < 7 || hour > 19 ? 0.08 : hour === 12 ? 0.4 : 1);
    if (next() < likely) return at;
  }
}
