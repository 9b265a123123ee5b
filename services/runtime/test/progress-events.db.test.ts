import {
  type ActivitiesProgressed,
  ActivitiesProgressedSchema,
  ActivityChangeKind,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  callsOn,
  commit,
  finish,
  initialize,
  navigate,
  one,
  outboxOf,
  type RuntimeCalls,
  type RuntimeHarness,
  set,
  startRuntime,
} from "./runtime-harness.ts";

let runtime: RuntimeHarness;
let calls: RuntimeCalls;
beforeAll(async () => {
  runtime = await startRuntime();
  runtime.catalog.settings["statements.emit"] = "true";
  calls = callsOn(runtime);
});
afterAll(() => runtime.stop());

/** A launch of a course of one SCO, opened. */
async function launched(registrationId?: string): Promise<{ registrationId: string; id: string; token: string }> {
  const course = runtime.catalog.addCourse(one, ["A"]);
  const registration = registrationId ?? (await calls.register(course, "learner-7")).id;
  const launch = await calls.launch(registration);
  await calls.open(launch.token);
  return { registrationId: registration, ...launch };
}

/** What was announced of a registration: one list for each event. */
async function announced(registrationId: string): Promise<ActivitiesProgressed[]> {
  const events = await outboxOf<ActivitiesProgressed>(runtime, ActivitiesProgressedSchema);
  return events.filter((event) => event.registrationId === registrationId);
}
const nameOf = new Map<number, string>(Object.entries(ActivityChangeKind).map(([name, kind]) => [kind, name]));
const storyOf = (events: readonly ActivitiesProgressed[]): string[] =>
  events.flatMap(({ changes }) =>
    changes.map(({ kind, activity, session, seq }) => `${activity} ${nameOf.get(kind)} ${session} @${seq}`),
  );

const answer = (index: number, id: string) =>
  ["id", "type", "student_response", "result"].map((field, at) =>
    set("A", `cmi.interactions.${index}.${field}`, [id, "choice", "a", "correct"][at] ?? ""),
  );

it("announces sessions, answers and statuses with the calls that made them, and nothing of bookmarks", async () => {
  const { registrationId, token, id } = await launched();
  await calls.append(token, 1, [
    navigate("A"),
    initialize("A"),
    set("A", "cmi.core.lesson_location", "2"),
    commit("A"),
  ]);
  await calls.append(token, 5, [set("A", "cmi.core.lesson_location", "3"), commit("A")]);
  await calls.append(token, 7, [...answer(0, "q1"), set("A", "cmi.core.score.raw", "80"), commit("A")]);
  await calls.append(token, 13, [set("A", "cmi.core.lesson_status", "passed"), finish("A")]);
  const events = await announced(registrationId);
  expect(events).toHaveLength(3);
  expect(storyOf(events)).toEqual([
    "A INITIALIZED 1 @2",
    "A ANSWERED 1 @10",
    "A PASSED 1 @14",
    "A TERMINATED 1 @14",
    " COMPLETED 0 @13",
    " PASSED 0 @13",
  ]);
  expect(events[0]).toMatchObject({ launchId: id, learnerId: "learner-7", courseTitle: "A course", scorm2004: false });
  expect(events[0]?.settings).toEqual({ "statements.emit": "true" });
  expect(events[1]?.changes[0]?.interaction).toMatchObject({ id: "q1", response: "a", result: "correct" });
});

it("announces nothing twice when calls are delivered again", async () => {
  const { registrationId, token } = await launched();
  const delivery = [navigate("A"), initialize("A")];
  await calls.append(token, 1, delivery);
  await calls.append(token, 1, delivery);
  expect(storyOf(await announced(registrationId))).toEqual(["A INITIALIZED 1 @2"]);
});

it("announces the end of a session whose window went away, with the outcome that follows", async () => {
  const { registrationId, token } = await launched();
  await calls.append(token, 1, [navigate("A"), initialize("A"), set("A", "cmi.core.session_time", "00:01:30")]);
  await calls.close(token, LaunchEnd.CLOSED);
  const events = await announced(registrationId);
  expect(storyOf(events)).toEqual(["A INITIALIZED 1 @2", "A COMPLETED 1 @0", "A TERMINATED 1 @0", " COMPLETED 0 @3"]);
  expect(events[1]?.changes[1]?.outcome).toMatchObject({ completion: true, sessionSeconds: 90 });
});
