import type { RegistrationProgressed } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import {
  RegistrationCompletedSchema,
  RegistrationPassedSchema,
  RegistrationProgressedSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  callsOn,
  commit,
  finish,
  initialize,
  navigate,
  outboxOf,
  type RuntimeCalls,
  type RuntimeHarness,
  refusal,
  set,
  startRuntime,
} from "./runtime-harness.ts";

let harness: RuntimeHarness;
let calls: RuntimeCalls;

beforeAll(async () => {
  harness = await startRuntime();
  calls = callsOn(harness);
});
afterAll(() => harness.stop());

async function opened(activities = ["A", "B"]) {
  const registration = await calls.register(
    harness.catalog.addCourse("00000000-0000-7000-8000-000000000001", activities),
  );
  const { id, token } = await calls.launch(registration.id);
  await calls.open(token);
  return { registration, id, token };
}
const listed = async (registrationId: string) =>
  (await calls.owner(({ journal }) => journal.listCalls({ registrationId, page: { pageSize: 500 } }))).calls;
const replayed = (registrationId: string) => calls.owner(({ journal }) => journal.replayJournal({ registrationId }));
const segments = (launchId: string) =>
  harness.sql<{ first_seq: number; last_seq: number; calls: string }>(
    "select first_seq, last_seq, calls from journal_segment where launch_id = $1 order by first_seq",
    [launchId],
  );

describe("appending", () => {
  const begin = [navigate("A"), initialize("A"), set("A", "cmi.core.lesson_location", "p1")];

  it("acknowledges what it has written, and keeps it exactly as it was received", async () => {
    const { token, id } = await opened();
    const { acknowledgedSeq, result } = await calls.append(token, 1, begin);
    expect(acknowledgedSeq).toBe(3);
    expect(result?.completion).toBe(Completion.INCOMPLETE);
    expect(await segments(id)).toEqual([{ first_seq: 1, last_seq: 3, calls: JSON.stringify(begin) }]);
  });

  it("keeps each number once when a delivery comes twice, overlaps or is late", async () => {
    const { token, id, registration } = await opened();
    const all = [...begin, commit("A"), set("A", "cmi.core.lesson_location", "p2"), commit("A")];
    expect((await calls.append(token, 1, all.slice(0, 3))).acknowledgedSeq).toBe(3);
    expect((await calls.append(token, 1, all.slice(0, 3))).acknowledgedSeq).toBe(3);
    expect((await calls.append(token, 2, all.slice(1, 5))).acknowledgedSeq).toBe(5);
    expect((await calls.append(token, 1, all)).acknowledgedSeq).toBe(6);
    expect((await calls.append(token, 3, all.slice(2, 4))).acknowledgedSeq).toBe(6);
    expect((await segments(id)).map((it) => [it.first_seq, it.last_seq])).toEqual([
      [1, 3],
      [4, 5],
      [6, 6],
    ]);
    expect((await listed(registration.id)).map((it) => it.value)).toEqual(all.map(([, , , , value]) => value));
    expect((await replayed(registration.id)).equalsStoredState).toBe(true);
  });

  it("keeps nothing of a delivery that leaves a gap, and says what it has", async () => {
    const { token, id } = await opened();
    await calls.append(token, 1, begin);
    expect((await calls.append(token, 5, [commit("A")])).acknowledgedSeq).toBe(3);
    expect(await segments(id)).toHaveLength(1);
    expect((await calls.append(token, 4, [commit("A"), commit("A")])).acknowledgedSeq).toBe(5);
  });

  it("answers an empty delivery with what it has", async () => {
    const { token } = await opened();
    await calls.append(token, 1, begin);
    expect((await calls.append(token, 4, [])).acknowledgedSeq).toBe(3);
  });

  it("refuses what is not in the journal's form, naming the call", async () => {
    const { token, id } = await opened();
    const send = (text: string) =>
      calls.player((player) => player.appendJournal({ token, firstSeq: 1, callsJson: Buffer.from(text) }));
    for (const text of ["{}", "[1]", '[[1,"A","Fly","","","true","0"]]', "[[]]", "[,]"])
      expect(await refusal(send(text))).toBe("JOURNAL_INVALID");
    await expect(send(JSON.stringify([begin[0], [1, "A"]]))).rejects.toThrow(/call 1: a call is an array of 7/);
    expect(await segments(id)).toEqual([]);
  });

  it("keeps lone surrogates, NUL and quotes as the course wrote them", async () => {
    const { token, registration } = await opened();
    const text = 'a\u0000b \ud800 \udc00 "q" \\ {x,y} 😀 \u2028';
    await calls.append(token, 1, [...begin.slice(0, 2), set("A", "cmi.suspend_data", text), commit("A")]);
    const { stateJson } = await calls.open(token);
    expect(JSON.parse(stateJson).activities.A.values["cmi.suspend_data"]).toBe(text);
    const replay = await replayed(registration.id);
    expect(replay).toMatchObject({ equalsStoredState: true, differences: [] });
    expect((await listed(registration.id))[2]?.value).toBe(text.toWellFormed());
  });

  it("takes a megabyte of suspend data", async () => {
    const { token, registration } = await opened();
    const text = "ä€x\n".repeat(250_000);
    const { acknowledgedSeq } = await calls.append(token, 1, [
      ...begin.slice(0, 2),
      set("A", "cmi.suspend_data", text),
      commit("A"),
    ]);
    expect(acknowledgedSeq).toBe(4);
    const { stateJson } = await calls.open(token);
    expect(JSON.parse(stateJson).activities.A.values["cmi.suspend_data"]).toBe(text);
    expect((await replayed(registration.id)).equalsStoredState).toBe(true);
  });

  it("has the authority: what the player claims to have answered changes nothing", async () => {
    const { token, registration } = await opened();
    const lie = set("A", "cmi.core.student_id", "somebody else");
    await calls.append(token, 1, [...begin.slice(0, 2), lie]);
    const { differences, equalsStoredState } = await replayed(registration.id);
    expect(equalsStoredState).toBe(true);
    expect(differences).toMatchObject([{ seq: 3, expectedResult: "false", expectedError: "403" }]);
  });
});

describe("results", () => {
  it("rolls activities up and announces each change once, with the call that made it", async () => {
    const { token, registration } = await opened(["A"]);
    const before = (await outboxOf(harness, RegistrationProgressedSchema)).length;
    await calls.append(token, 1, [
      navigate("A"),
      initialize("A"),
      set("A", "cmi.core.score.raw", "90"),
      set("A", "cmi.core.lesson_status", "passed"),
      set("A", "cmi.core.session_time", "00:00:10"),
    ]);
    await calls.append(token, 6, [set("A", "cmi.core.session_time", "00:00:20"), commit("A")]);
    const progressed = await outboxOf<RegistrationProgressed>(harness, RegistrationProgressedSchema);
    expect(progressed).toHaveLength(before + 1);
    expect(progressed.at(-1)?.change).toMatchObject({
      registrationId: registration.id,
      seq: 4,
      result: { completion: Completion.COMPLETE, success: Success.PASSED, progress: 1 },
      previous: { completion: Completion.NOT_ATTEMPTED },
    });
    expect(await outboxOf(harness, RegistrationCompletedSchema)).toHaveLength(1);
    expect(await outboxOf(harness, RegistrationPassedSchema)).toHaveLength(1);
    const read = await calls.owner(({ registrations }) =>
      registrations.getRegistration({ by: { case: "id", value: registration.id } }),
    );
    expect(read.registration).toMatchObject({
      sessionOpen: true,
      instance: { result: { totalSeconds: 20, score: { raw: 90, scaled: 0.9 } } },
    });
    expect(read.registration?.instance?.completeTime).toBeDefined();
  });

  it("shows each activity with its state, and which are locked", async () => {
    const locked = {
      identifier: "B",
      title: "B",
      visible: true,
      launch: { href: "b", type: "sco" },
      scorm12: { prerequisites: "A" },
      children: [],
    } as const;
    const course = harness.catalog.addCourse("00000000-0000-7000-8000-000000000001", ["A", locked]);
    const registration = await calls.register(course);
    const { token } = await calls.launch(registration.id);
    await calls.open(token);
    const states = async () =>
      (await calls.owner(({ registrations }) => registrations.getActivityStates({ registrationId: registration.id })))
        .activities;
    expect((await states()).map((it) => [it.activity, it.available, it.completion])).toEqual([
      ["A", true, Completion.NOT_ATTEMPTED],
      ["B", false, Completion.NOT_ATTEMPTED],
    ]);
    await calls.append(token, 1, [
      navigate("A"),
      initialize("A"),
      set("A", "cmi.core.lesson_status", "completed"),
      finish("A"),
    ]);
    expect((await states()).map((it) => [it.activity, it.available, it.status, it.attemptCount, it.current])).toEqual([
      ["A", true, "completed", 1, true],
      ["B", true, "not attempted", 0, false],
    ]);
  });
});

describe("many at once", () => {
  it("writes a hundred deliveries to different launches", async () => {
    const course = harness.catalog.addCourse("00000000-0000-7000-8000-000000000001", ["A"]);
    const tokens = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const registration = await calls.register(course);
        const { token } = await calls.launch(registration.id);
        await calls.open(token);
        return { token, registration };
      }),
    );
    const answers = await Promise.all(
      tokens.map(({ token }, index) =>
        calls.append(token, 1, [navigate("A"), initialize("A"), set("A", "cmi.core.lesson_location", String(index))]),
      ),
    );
    expect(answers.every((it) => it.acknowledgedSeq === 3)).toBe(true);
    const read = await calls.open(tokens[42]!.token);
    expect(JSON.parse(read.stateJson).activities.A.values["cmi.core.lesson_location"]).toBe("42");
  });

  it("takes exactly one of two sets of calls under the same numbers, and tells the other writer", async () => {
    const { token, registration } = await opened();
    await calls.append(token, 1, [navigate("A"), initialize("A")]);
    const write = (name: string) =>
      calls.append(token, 3, [set("A", "cmi.core.lesson_location", name), set("A", "cmi.suspend_data", name)]);
    const outcomes = await Promise.allSettled([write("left"), write("right")]);
    expect(outcomes.map((it) => it.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const winner = outcomes[0]?.status === "fulfilled" ? "left" : "right";
    expect((await listed(registration.id)).slice(2).map((it) => it.value)).toEqual([winner, winner]);
    expect(await refusal(write(winner === "left" ? "right" : "left"))).toBe("LEASE_LOST");
    expect((await write(winner)).acknowledgedSeq).toBe(4);
  });

  it("stays right when two processes write one instance in turns and at once", async () => {
    const other = await startRuntime(harness);
    const there = callsOn(other);
    const { token, registration } = await opened();
    await calls.append(token, 1, [navigate("A"), initialize("A")]);
    const journal = Array.from({ length: 40 }, (_, index) => set("A", "cmi.core.lesson_location", String(index)));
    for (let seq = 0; seq < 40; seq += 4) {
      const from = seq % 8 === 0 ? calls : there;
      expect((await from.append(token, seq + 3, journal.slice(seq, seq + 4))).acknowledgedSeq).toBe(seq + 6);
    }
    const again = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? calls : there).append(token, 43, [commit("A"), commit("A")].slice(0, (index % 3) + 1)),
      ),
    );
    expect(Math.max(...again.map((it) => it.acknowledgedSeq))).toBe(44);
    const found = await listed(registration.id);
    expect(found.map((it) => it.seq)).toEqual(Array.from({ length: 44 }, (_, index) => index + 1));
    expect((await replayed(registration.id)).equalsStoredState).toBe(true);
    await other.stop();
  });
});
