import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CallTuple } from "../src/journal/read-calls.ts";
import {
  callsOn,
  finish,
  initialize,
  navigate,
  one,
  type RuntimeCalls,
  type RuntimeHarness,
  refusal,
  set,
  startRuntime,
  two,
} from "./runtime-harness.ts";

let now = new Date("2026-03-01T09:00:00Z");
let harness: RuntimeHarness;
let calls: RuntimeCalls;

beforeAll(async () => {
  harness = await startRuntime(undefined, () => now);
  calls = callsOn(harness);
});
beforeEach(() => {
  now = new Date(now.getTime() + 60 * 60 * 1000);
});
afterAll(() => harness.stop());

/** Opens an activity and passes it. */
const pass = (activity: string, score: string): CallTuple[] => [
  navigate(activity),
  initialize(activity),
  set(activity, "cmi.core.lesson_status", "passed"),
  set(activity, "cmi.core.score.raw", score),
  set(activity, "cmi.suspend_data", `was in ${activity}`),
  finish(activity),
];

/** A learner who has passed some activities of a course with A and B. */
async function learnerWho(...passed: string[]) {
  const course = harness.catalog.addCourse(one, ["A", "B"]);
  const registration = await calls.register(course);
  const { token } = await calls.launch(registration.id);
  await calls.open(token);
  await calls.append(
    token,
    1,
    passed.flatMap((activity) => pass(activity, "80")),
  );
  return { course, registration, token };
}

const change = (registrationId: string, more: { keepProgress?: boolean; unlessOpen?: boolean; requestId?: string }) =>
  calls.owner(({ registrations }) => registrations.createInstance({ requestId: uuidV7(), registrationId, ...more }));

describe("an instance that takes over progress", () => {
  it("has what both versions have, goes on from there, and is replayed from there", async () => {
    const { course, registration, token } = await learnerWho("A", "B");
    await calls.close(token, LaunchEnd.EXIT);
    harness.catalog.addVersion(course, ["B", "C"]);
    const request = { requestId: uuidV7(), keepProgress: true };
    const moved = await change(registration.id, request);
    expect(moved.progressKept).toBe(true);
    expect(moved.registration?.instance).toMatchObject({ number: 1, courseVersionId: course.currentVersion?.id });
    expect(moved.registration?.instance?.result).toMatchObject({ completion: Completion.INCOMPLETE, progress: 0.5 });
    expect((await change(registration.id, request)).registration?.instanceCount).toBe(2);

    const { token: again } = await calls.launch(registration.id);
    const opened = JSON.parse((await calls.open(again)).stateJson);
    expect(Object.keys(opened.activities)).toEqual(["B"]);
    expect(opened.activities.B.values["cmi.suspend_data"]).toBe("was in B");
    const { result } = await calls.append(again, 1, pass("C", "100"));
    expect(result).toMatchObject({ completion: Completion.COMPLETE, success: Success.PASSED });
    const replayed = await calls.owner(({ journal }) => journal.replayJournal({ registrationId: registration.id }));
    expect(replayed.equalsStoredState).toBe(true);
  });

  it("begins anew without progress, or when nothing fits", async () => {
    const plain = await learnerWho("A");
    const anew = await change(plain.registration.id, {});
    expect([anew.progressKept, anew.registration?.instance?.result?.completion]).toEqual([
      false,
      Completion.NOT_ATTEMPTED,
    ]);
    const other = await learnerWho("A");
    harness.catalog.addVersion(other.course, ["X", "Y"]);
    expect((await change(other.registration.id, { keepProgress: true })).progressKept).toBe(false);
  });

  it("waits for a learner who has the course open", async () => {
    const { registration } = await learnerWho("A");
    expect(await refusal(change(registration.id, { unlessOpen: true }))).toBe("SESSION_OPEN");
    now = new Date(now.getTime() + 3 * 60 * 1000);
    expect((await change(registration.id, { unlessOpen: true })).registration?.instance?.number).toBe(1);
  });
});

describe("a launch that keeps its version", () => {
  it("stays with it where the course's settings would begin anew with the newer one", async () => {
    const { course, registration } = await learnerWho("A", "B");
    const old = registration.instance?.courseVersionId;
    harness.catalog.addVersion(course, ["C"]);
    harness.catalog.settings["restart.policy"] = "when_newer_version";
    const present = async () =>
      (
        await calls.owner(({ registrations }) =>
          registrations.getRegistration({ by: { case: "id", value: registration.id } }),
        )
      ).registration?.instance;
    await calls.launch(registration.id, { keepVersion: true });
    expect(await present()).toMatchObject({ number: 0, courseVersionId: old });
    await calls.launch(registration.id);
    expect(await present()).toMatchObject({ number: 1, courseVersionId: course.currentVersion?.id });
    delete harness.catalog.settings["restart.policy"];
  });
});

describe("the way back", () => {
  it("puts a learner back on the instance they had, and keeps the other", async () => {
    const { course, registration, token } = await learnerWho("A");
    await calls.close(token, LaunchEnd.EXIT);
    const before = registration.instance?.id ?? "";
    harness.catalog.addVersion(course, ["C"]);
    const moved = await change(registration.id, { keepProgress: true });
    const restore = (instanceId: string) =>
      calls.owner(({ registrations }) =>
        registrations.restoreInstance({ registrationId: registration.id, instanceId }),
      );
    const back = await restore(before);
    expect(back.registration?.instance).toMatchObject({ id: before, number: 0, result: { progress: 0.5 } });
    expect((await restore(before)).registration?.instance?.id).toBe(before);
    const { token: again } = await calls.launch(registration.id);
    expect(Object.keys(JSON.parse((await calls.open(again)).stateJson).activities)).toEqual(["A"]);
    const { instances } = await calls.owner(({ registrations }) =>
      registrations.listInstances({ registrationId: registration.id }),
    );
    expect(instances.map(({ id }) => id)).toEqual([moved.registration?.instance?.id, before]);
    // Another instance is numbered after all there were.
    expect((await change(registration.id, {})).registration?.instance?.number).toBe(2);
  });

  it("leads to no instance of others", async () => {
    const mine = await learnerWho("A");
    const other = await learnerWho("A");
    const stranger = callsOn(harness, two);
    const request = { registrationId: mine.registration.id, instanceId: other.registration.instance?.id ?? "" };
    expect(await refusal(calls.owner(({ registrations }) => registrations.restoreInstance(request)))).toBe(
      "INSTANCE_NOT_FOUND",
    );
    const theirs = { registrationId: mine.registration.id, instanceId: mine.registration.instance?.id ?? "" };
    expect(await refusal(stranger.owner(({ registrations }) => registrations.restoreInstance(theirs)))).toBe(
      "REGISTRATION_NOT_FOUND",
    );
  });
});
