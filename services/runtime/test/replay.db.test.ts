import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
} from "./runtime-harness.ts";

let harness: RuntimeHarness;
let here: RuntimeCalls;
let there: RuntimeCalls;
let other: RuntimeHarness;

beforeAll(async () => {
  harness = await startRuntime();
  other = await startRuntime(harness);
  here = callsOn(harness);
  there = callsOn(other);
});
afterAll(async () => {
  await other.stop();
  await harness.stop();
});

const replay = (registrationId: string, until: object = {}) =>
  here.owner(({ journal }) => journal.replayJournal({ registrationId, ...until }));

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "suspend", "completed", "passed", "failed", "50", "100", "00:01:02", "\u0000", "\ud800", "{}"),
);
const elements = fc.constantFrom(
  "cmi.core.lesson_status",
  "cmi.core.score.raw",
  "cmi.core.exit",
  "cmi.core.session_time",
  "cmi.suspend_data",
  "cmi.objectives.0.id",
  "cmi.interactions.0.student_response",
  "cmi.core.student_id",
  "__proto__",
);
const anyCall: fc.Arbitrary<CallTuple> = fc
  .tuple(
    fc.integer(),
    fc.constantFrom("A", "B", "", "nowhere"),
    fc.constantFrom("Initialize", "SetValue", "GetValue", "Commit", "Terminate", "Navigate"),
    elements,
    texts,
    fc.constantFrom("true", "false", ""),
    fc.constantFrom("0", "101", "301", "405"),
  )
  .map(([at, activity, method, element, value, result, error]): CallTuple => {
    const target = value.length % 3 === 0 ? "A" : value.length % 3 === 1 ? "B" : "";
    return [at, activity, method, element, method === "Navigate" ? target : value, result, error];
  });
/** Deliveries, each through one of two processes, some of them in a launch that takes the lease anew. */
const deliveries = fc.array(
  fc.record({
    calls: fc.array(anyCall, { minLength: 1, maxLength: 6 }),
    elsewhere: fc.boolean(),
    launch: fc.constantFrom(0, 0, 0, 1, 2),
  }),
  { minLength: 1, maxLength: 8 },
);

describe("replaying a journal", () => {
  it("comes to the stored state, whatever was called, from wherever, in whatever launches", async () => {
    const course = harness.catalog.addCourse(one, ["A", "B"]);
    await fc.assert(
      fc.asyncProperty(deliveries, async (journal) => {
        const registration = await here.register(course);
        const launches = [
          await here.launch(registration.id),
          await here.launch(registration.id),
          await here.launch(registration.id),
        ];
        const next = [1, 1, 1];
        let holder = -1;
        for (const { calls, elsewhere, launch } of journal) {
          const process = elsewhere ? there : here;
          const { token } = launches[launch]!;
          if (holder !== launch) await process.open(token, true);
          holder = launch;
          const { acknowledgedSeq } = await process.append(token, next[launch]!, calls);
          expect(acknowledgedSeq).toBe(next[launch]! + calls.length - 1);
          next[launch] = acknowledgedSeq + 1;
        }
        expect((await replay(registration.id)).equalsStoredState).toBe(true);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it("tells the state after any call, and which answers the rules would not have given", async () => {
    const registration = await here.register(harness.catalog.addCourse(one, ["A"]));
    const { id, token } = await here.launch(registration.id);
    await here.open(token);
    await here.append(token, 1, [navigate("A"), initialize("A"), set("A", "cmi.core.lesson_location", "1")]);
    await here.append(token, 4, [
      set("A", "cmi.core.lesson_location", "2"),
      set("A", "cmi.core.score.raw", "abc"),
      finish("A"),
    ]);
    const after = async (seq: number) => {
      const { activities, equalsStoredState } = await replay(registration.id, { launchId: id, seq });
      expect(equalsStoredState).toBeUndefined();
      return JSON.parse(activities[0]?.stateJson ?? "").values["cmi.core.lesson_location"];
    };
    expect([await after(3), await after(4)]).toEqual(["1", "2"]);
    expect((await replay(registration.id)).differences).toMatchObject([
      { launchId: id, seq: 5, expectedResult: "false", expectedError: "405" },
    ]);
  });
});

describe("listing calls", () => {
  it("pages through launches and numbers, both ways, with filters", async () => {
    const registration = await here.register(harness.catalog.addCourse(one, ["A"]));
    const launches = [await here.launch(registration.id), await here.launch(registration.id)];
    for (const { token } of launches) {
      await here.open(token);
      await here.append(token, 1, [navigate("A"), initialize("A")]);
      for (let seq = 3; seq <= 11; seq += 3)
        await here.append(
          token,
          seq,
          [0, 1, 2].map((step) => set("A", "cmi.core.lesson_location", `Page ${seq + step}`)),
        );
    }
    const all = async (more: object): Promise<string[]> => {
      const seen: string[] = [];
      for (let pageToken = "", go = true; go; go = pageToken !== "") {
        const request = { registrationId: registration.id, page: { pageSize: 4, pageToken }, ...more };
        const answer = await here.owner(({ journal }) => journal.listCalls(request));
        seen.push(...answer.calls.map((call) => `${launches.findIndex((it) => it.id === call.launchId)}:${call.seq}`));
        pageToken = answer.page?.nextPageToken ?? "";
      }
      return seen;
    };
    const expected = [0, 1].flatMap((launch) => Array.from({ length: 11 }, (_, index) => `${launch}:${index + 1}`));
    expect(await all({})).toEqual(expected);
    expect(await all({ descending: true })).toEqual(expected.toReversed());
    expect(await all({ launchId: launches[1]!.id })).toEqual(expected.slice(11));
    expect(await all({ methods: ["Initialize", "Navigate"] })).toEqual(["0:1", "0:2", "1:1", "1:2"]);
    expect(await all({ query: "page 1" })).toEqual(["0:10", "0:11", "1:10", "1:11"]);
    expect(await all({ errorsOnly: true })).toEqual([]);
    expect(await all({ activity: "B" })).toEqual([]);
    const filter = { registrationId: registration.id, methods: ["SetValue"], page: { pageSize: 1, withTotal: true } };
    const { page } = await here.owner(({ journal }) => journal.listCalls(filter));
    expect(page?.total).toBe(18n);
    const foreign = { registrationId: registration.id, page: { pageSize: 1, pageToken: page?.nextPageToken ?? "" } };
    expect(await refusal(here.owner(({ journal }) => journal.listCalls(foreign)))).toBe("PAGE_TOKEN_INVALID");
  });
});
