import {
  RegistrationCompletedSchema,
  RegistrationPassedSchema,
  RegistrationProgressedSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { LaunchEnd, LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import { flowTree, scoOf } from "@coursemesh/scorm/instance2004/testing/course.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  callsOn,
  finish,
  initialize,
  one,
  outboxOf,
  type RuntimeCalls,
  refusal,
  set,
  tokenOf,
} from "../../services/runtime/test/runtime-harness.ts";
import { ask, openedPlay, type SequencedHarness, startSequenced } from "./sequenced-harness.ts";

let harness: SequencedHarness;
let other: SequencedHarness;
let calls: RuntimeCalls;

beforeAll(async () => {
  harness = await startSequenced();
  other = await startSequenced(harness);
  calls = callsOn(harness);
});
afterEach(() => {
  harness.weather.sequencing = "there";
});
afterAll(async () => {
  await other.stop();
  await harness.stop();
});

const map = { targetId: "goal", readSatisfiedStatus: true, writeSatisfiedStatus: true };
const known = { sequencing: { objectives: [{ id: "known", maps: [map] }] }, dataMaps: [{ targetId: "note" }] };
const tree = flowTree([scoOf("A", known), scoOf("B", { dataMaps: [{ targetId: "note" }] }), scoOf("C")]);

async function registered(learnerId?: string) {
  const course = harness.catalog.addSequencedCourse(one, tree);
  return calls.register(course, learnerId);
}
async function launched(registrationId: string, more: object = {}) {
  const { id, token } = await calls.launch(registrationId, more);
  return { id, token, ...(await openedPlay(harness, token)) };
}
const passed = (activity: string) => [
  initialize(activity),
  set(activity, "cmi.completion_status", "completed"),
  set(activity, "cmi.success_status", "passed"),
  set(activity, "cmi.score.scaled", "0.8"),
  set(activity, "cmi.session_time", "PT10S"),
  finish(activity),
];
const stateOf = async (token: string, harnessOf = harness) => (await openedPlay(harnessOf, token)).state;
const replay = (registrationId: string) => calls.owner(({ journal }) => journal.replayJournal({ registrationId }));
/** What happens behind the answers takes its time on a busy machine. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000 });
const answers = (launchId: string) =>
  harness.sql<{ seq: number }>("select seq from sequencing_answer where launch_id = $1 order by seq", [launchId]);
const sessionsOf = (instanceId: string) =>
  harness.sequencingSql<{ status: number }>("select status from session where instance_id = $1", [instanceId]);

describe("a SCORM 2004 course", () => {
  it("is started, gone through and completed, with its result, events, activities and replay", async () => {
    const registration = await registered();
    const { id, send, next, state, opened } = await launched(registration.id);
    expect(state).toMatchObject({ current: "A", seq: 1, answer: { status: "active", delivery: { activity: "A" } } });
    expect(state.attempts.A?.session?.phase).toBe("opened");
    expect(opened.result?.completion).toBe(Completion.INCOMPLETE);
    const first = await send(next, [...passed("A"), ask("continue", "A")]);
    expect(first).toMatchObject({ acknowledgedSeq: 8, answer: { launch: id, seq: 8, delivery: { activity: "B" } } });
    expect(first.result?.progress).toBeCloseTo(1 / 3);
    // The reply was lost, and the player sends again.
    expect(await send(next, [...passed("A"), ask("continue", "A")])).toEqual(first);
    const second = await send(9, [...passed("B"), ask("choice", "B", "C")]);
    expect(second.answer).toMatchObject({ accepted: true, delivery: { activity: "C" } });
    const third = await send(16, passed("C"));
    expect(third.answer).toMatchObject({ seq: 21, accepted: true, status: "active" });
    expect(third.answer).not.toHaveProperty("delivery");
    const last = await send(22, [ask("exitAll", "C")]);
    expect(last.answer).toMatchObject({ status: "ended" });
    expect(last.result).toMatchObject({
      completion: Completion.COMPLETE,
      success: Success.PASSED,
      progress: 1,
      totalSeconds: 30,
      score: { scaled: expect.closeTo(0.8), raw: 80 },
    });
    expect(await answers(id)).toEqual([1, 8, 15, 21, 22].map((seq) => ({ seq })));
    for (const schema of [RegistrationCompletedSchema, RegistrationPassedSchema]) {
      const events = await outboxOf<{ change: { registrationId: string } }>(harness, schema);
      expect(events.filter(({ change }) => change.registrationId === registration.id)).toHaveLength(1);
    }
    const { activities } = await calls.owner(({ registrations }) =>
      registrations.getActivityStates({ registrationId: registration.id }),
    );
    expect(activities.map(({ activity, status, attemptCount }) => [activity, status, attemptCount])).toEqual([
      ["A", "passed", 1],
      ["B", "passed", 1],
      ["C", "passed", 1],
    ]);
    expect(JSON.parse(activities[0]?.stateJson ?? "")).toMatchObject({ totalCentiseconds: 1000 });
    expect(await replay(registration.id)).toMatchObject({
      equalsStoredState: true,
      differences: [],
      result: { completion: Completion.COMPLETE },
    });
    const again = await launched(registration.id);
    expect(again.state.answer?.delivery).toMatchObject({ activity: "A", attempt: 2 });
    expect(again.opened.result).toMatchObject({
      completion: Completion.COMPLETE,
      success: Success.PASSED,
      progress: 1,
    });
    expect(await replay(registration.id)).toMatchObject({ equalsStoredState: true, differences: [] });
  });

  it("is suspended, and goes on in the next launch with what it had", async () => {
    const registration = await registered();
    const first = await launched(registration.id);
    await first.send(2, [initialize("A"), set("A", "adl.data.0.store", "hello"), ask("continue", "A")]);
    const last = await first.send(5, [initialize("B"), set("B", "cmi.suspend_data", "page 3"), ask("suspendAll", "B")]);
    expect(last.answer).toMatchObject({ status: "suspended" });
    await calls.close(first.token, LaunchEnd.EXIT);
    const second = await launched(registration.id);
    expect(second.state).toMatchObject({ current: "B", seq: 1, shared: { note: "hello" } });
    expect(second.state.attempts.B).toMatchObject({
      session: { entry: "resume" },
      values: { "cmi.suspend_data": "page 3" },
    });
    expect(await replay(registration.id)).toMatchObject({ equalsStoredState: true, differences: [] });
  });

  it("goes on where a window was that went away without a word; what it had saved counts", async () => {
    const registration = await registered();
    const first = await launched(registration.id);
    await first.send(2, [ask("continue", "A")]);
    await first.send(3, [initialize("B"), set("B", "cmi.suspend_data", "x"), set("B", "cmi.score.scaled", "0.5")]);
    await calls.close(first.token, LaunchEnd.CLOSED);
    const second = await launched(registration.id);
    expect(second.state).toMatchObject({ current: "B", answer: { delivery: { activity: "B", resumed: true } } });
    expect(second.state.attempts.B?.values).toMatchObject({ "cmi.suspend_data": "x" });
    const tracking = second.state.answer?.state.activities.B?.objectives[0];
    expect(tracking).toMatchObject({ measure: 0.5 });
    expect(await refusal(first.send(6, [finish("B")]))).toBe("LEASE_LOST");
    expect(await replay(registration.id)).toMatchObject({ equalsStoredState: true, differences: [] });
  });

  it("begins again after a closed window where the setting says so", async () => {
    harness.catalog.settings["compatibility.resume_after_closed_window"] = "false";
    const registration = await registered();
    const first = await launched(registration.id);
    delete harness.catalog.settings["compatibility.resume_after_closed_window"];
    await first.send(2, [ask("continue", "A")]);
    const second = await launched(registration.id);
    expect(second.state).toMatchObject({ current: "A", answer: { delivery: { attempt: 2, resumed: false } } });
  });

  it("is opened again by the same launch where it was left, and nothing is started twice", async () => {
    const registration = await registered();
    const { id, token, send } = await launched(registration.id);
    await send(2, [initialize("A"), set("A", "cmi.location", "7")]);
    expect(await stateOf(token)).toMatchObject({ launch: id, seq: 3, current: "A" });
    // As the player does it after a reload, in one delivery.
    const again = await send(4, [ask("closed", "A"), ask("resumeAll")]);
    expect(again).toMatchObject({ acknowledgedSeq: 5, answer: { seq: 5, delivery: { activity: "A", resumed: true } } });
    expect(await answers(id)).toEqual([1, 4, 5].map((seq) => ({ seq })));
  });

  it("follows the lease from launch to launch and back", async () => {
    const registration = await registered();
    const first = await launched(registration.id);
    await first.send(2, [ask("continue", "A")]);
    const second = await launched(registration.id);
    expect(second.state.current).toBe("B");
    await second.send(2, [ask("continue", "B")]);
    expect(await refusal(openedPlay(harness, first.token))).toBe("LEASE_LOST");
    const back = await openedPlay(other, first.token, true);
    expect(back.state).toMatchObject({ launch: first.id, current: "C" });
    expect(back.next).toBe(5);
    expect((await back.send(5, [ask("previous", "C")])).answer).toMatchObject({ delivery: { activity: "B" } });
    expect(await replay(registration.id)).toMatchObject({ equalsStoredState: true, differences: [] });
  });

  it("is refused what its rules do not allow, and goes on", async () => {
    const registration = await registered();
    const { send, token } = await launched(registration.id);
    const refused = await send(2, [ask("jump", "A", "ORG")]);
    expect(refused).toMatchObject({ acknowledgedSeq: 2, answer: { accepted: false } });
    expect(refused.answer?.exception).not.toBe("");
    expect((await stateOf(token)).unanswered).toBeUndefined();
    expect((await send(3, [ask("choice", "A", "B")])).answer).toMatchObject({ delivery: { activity: "B" } });
  });

  it("begins a new instance from the start, and the learner keeps what they have reached", async () => {
    const registration = await registered();
    const first = await launched(registration.id);
    await first.send(2, [...passed("A"), ask("exitAll", "A")]);
    await calls.owner(({ registrations }) =>
      registrations.createInstance({ requestId: crypto.randomUUID(), registrationId: registration.id }),
    );
    const second = await launched(registration.id);
    expect(second.state).toMatchObject({ current: "A", answer: { revision: 1, delivery: { attempt: 1 } } });
    expect(second.state.answer?.delivery?.objectives).toEqual([{ id: "known", successStatus: "passed" }]);
    expect(Object.keys(second.state.attempts)).toEqual(["A"]);
  });

  it("is forgotten by sequencing when its registration is deleted", async () => {
    const registration = await registered();
    await launched(registration.id);
    const instanceId = registration.instance?.id ?? "";
    expect(await sessionsOf(instanceId)).toHaveLength(1);
    harness.weather.sequencing = "down";
    await calls.owner(({ registrations }) => registrations.deleteRegistration({ id: registration.id }));
    expect(await harness.sql("select 1 from session_to_forget")).toHaveLength(1);
    harness.weather.sequencing = "there";
    const next = await registered();
    await calls.owner(({ registrations }) => registrations.deleteRegistration({ id: next.id }));
    await eventually(async () => expect(await sessionsOf(instanceId)).toEqual([]));
    await eventually(async () => expect(await harness.sql("select 1 from session_to_forget")).toEqual([]));
    expect(await harness.sql("select 1 from activity_state where instance_id = $1", [instanceId])).toEqual([]);
  });
});

describe("when sequencing is away", () => {
  it.each(["down", "deaf"] as const)("the calls are kept and the answer comes later (%s)", async (weather) => {
    const registration = await registered();
    const { id, send, token } = await launched(registration.id);
    harness.weather.sequencing = weather;
    const sent = await send(2, [...passed("A"), ask("continue", "A"), ask("closed", "A")]);
    expect(sent).toMatchObject({ acknowledgedSeq: 8, answer: undefined });
    expect(await send(9, [])).toMatchObject({ acknowledgedSeq: 8, answer: undefined });
    expect(await stateOf(token)).toMatchObject({
      current: "A",
      unanswered: { seq: 8, navigation: { type: "continue" } },
    });
    harness.weather.sequencing = "there";
    expect(await send(9, [])).toMatchObject({ acknowledgedSeq: 8, answer: { seq: 8, delivery: { activity: "B" } } });
    expect(await answers(id)).toEqual([{ seq: 1 }, { seq: 8 }]);
    const steps = await harness.sequencingSql("select 1 from step where launch_id = $1", [id]);
    expect(steps).toHaveLength(2);
    expect(await replay(registration.id)).toMatchObject({ equalsStoredState: true, differences: [] });
  });

  it("a launch is opened as soon as it is back, and started once", async () => {
    const registration = await registered();
    const { token, id } = await calls.launch(registration.id);
    harness.weather.sequencing = "deaf";
    expect(await refusal(openedPlay(harness, token))).toBe("UNAVAILABLE");
    harness.weather.sequencing = "there";
    const { state, next } = await openedPlay(harness, token);
    expect(state).toMatchObject({ current: "A", seq: 1 });
    expect(next).toBe(2);
    expect(await harness.sequencingSql("select 1 from step where launch_id = $1", [id])).toHaveLength(1);
  });

  it("another process asks again for what a killed one left, and gets the same answer", async () => {
    const registration = await registered();
    const { id, send, token } = await launched(registration.id);
    harness.weather.sequencing = "deaf";
    await send(2, [...passed("A"), ask("continue", "A")]);
    const healed = await openedPlay(other, token);
    expect(healed.state).toMatchObject({ current: "B", answer: { seq: 8, revision: 2 } });
    // The first process comes to itself: what it remembers is out of date.
    harness.weather.sequencing = "there";
    expect((await send(9, [initialize("B"), ask("continue", "B")])).answer).toMatchObject({
      delivery: { activity: "C" },
    });
    expect(await harness.sequencingSql("select 1 from step where launch_id = $1", [id])).toHaveLength(3);
    expect(await replay(registration.id)).toMatchObject({ equalsStoredState: true, differences: [] });
  });

  it("a Terminate that was not answered is told with the request that follows", async () => {
    const registration = await registered();
    const { id, send } = await launched(registration.id);
    harness.weather.sequencing = "down";
    expect(await send(2, passed("A"))).toMatchObject({ acknowledgedSeq: 7, answer: undefined });
    expect(await send(8, [ask("continue", "A")])).toMatchObject({ acknowledgedSeq: 8 });
    harness.weather.sequencing = "there";
    const { answer } = await send(9, []);
    expect(answer).toMatchObject({ seq: 8, delivery: { activity: "B" } });
    expect(answer?.state.activities.A?.objectives[0]).toMatchObject({ completed: true, satisfied: true });
    expect(await answers(id)).toEqual([{ seq: 1 }, { seq: 8 }]);
  });
});

describe("launches that leave no trace", () => {
  const traces = async () => [
    await harness.sequencingSql("select instance_id, revision from session order by instance_id"),
    await harness.sequencingSql("select learner_id, objective_id, progress from global_objective order by id"),
    await harness.sequencingSql("select learner_id, target_id, value from shared_data order by id"),
    await harness.sql("select id, completion, folded_launch_id, folded_seq from instance order by id"),
    await harness.sql("select launch_id, first_seq from journal_segment order by 1, 2"),
    await harness.sql("select launch_id, seq from sequencing_answer order by 1, 2"),
  ];

  it.each([
    ["untracked", { untracked: true }],
    ["review", { mode: LaunchMode.REVIEW }],
    ["browse", { mode: LaunchMode.BROWSE }],
  ])("%s", async (_, more) => {
    const registration = await registered();
    const first = await launched(registration.id);
    await first.send(2, [initialize("A"), ask("suspendAll", "A")]);
    const before = await traces();
    const { token, send, state, next } = await launched(registration.id, more);
    expect(state).toMatchObject({ current: "A", answer: { revision: 1 } });
    const { answer, acknowledgedSeq } = await send(next, [...passed("A"), ask("continue", "A")]);
    expect(answer).toMatchObject({ delivery: { activity: "B" } });
    expect((await stateOf(token)).current).toBe("B");
    expect(await send(next, [...passed("A"), ask("continue", "A")])).toMatchObject({ acknowledgedSeq, answer });
    await send(acknowledgedSeq + 1, [initialize("B"), set("B", "adl.data.0.store", "seen"), ask("exitAll", "B")]);
    await calls.close(token, LaunchEnd.EXIT);
    await eventually(async () => expect(await traces()).toEqual(before));
    expect(await harness.sql("select 1 from untracked_play")).toEqual([]);
  });

  it("a preview is sequenced like a course, and changes and announces nothing of any learner", async () => {
    const registration = await registered("a-learner");
    await launched(registration.id);
    const [, objectives, shared] = await traces();
    const progressed = await outboxOf(harness, RegistrationProgressedSchema);
    const version = harness.catalog.addSequencedCourse(one, tree).currentVersion?.id ?? "";
    const { url } = await calls.owner(({ launches }) => launches.createPreviewLaunch({ courseVersionId: version }));
    const { state, send } = await openedPlay(harness, tokenOf(url));
    expect(state.current).toBe("A");
    const { answer } = await send(2, [...passed("A"), ask("continue", "A")]);
    expect(answer).toMatchObject({ delivery: { activity: "B" } });
    expect(await outboxOf(harness, RegistrationProgressedSchema)).toHaveLength(progressed.length);
    const [preview] = await harness.sql<{ id: string }>("select id from registration where preview");
    await calls.owner(({ registrations }) => registrations.deleteRegistration({ id: preview?.id ?? "" }));
    await eventually(async () => expect((await traces()).slice(1, 3)).toEqual([objectives, shared]));
  });
});

it("keeps what courses write that no message can carry", async () => {
  const registration = await registered();
  const { send, token } = await launched(registration.id);
  const odd = "\u0000\ud800 ✓";
  const { answer } = await send(2, [
    initialize("A"),
    set("A", "adl.data.0.store", odd),
    set("A", "cmi.suspend_data", odd),
    ask("continue", "A"),
  ]);
  expect(answer?.shared).toEqual({ note: odd });
  const state: Instance2004State = await stateOf(token);
  expect(state.shared).toEqual({ note: odd });
  expect(state.attempts.A?.values).toMatchObject({ "cmi.suspend_data": odd });
  expect(await replay(registration.id)).toMatchObject({ equalsStoredState: true, differences: [] });
});
