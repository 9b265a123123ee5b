import { emptyInstance } from "@coursemesh/scorm/instance12/instance-state.ts";
import { Scorm12Api } from "@coursemesh/scorm/instance12/scorm12-api.ts";
import { launchOf, outlineOf } from "@coursemesh/scorm/instance12/testing/course.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import { describe, expect, it } from "vitest";
import { unsentCalls } from "../journal/unsent-calls.ts";
import type { Scorm12Launch } from "../protocol/opened-launch.ts";
import { replayUnsent } from "./replay-unsent.ts";

const outline = outlineOf("A");
const context = launchOf("L1");

function journal(script: (api: Scorm12Api) => void): JournalCall[] {
  const calls: JournalCall[] = [];
  const api = new Scorm12Api(outline, context, emptyInstance, (call) => {
    calls.push({ ...call, seq: calls.length + 1, at: 0 });
  });
  script(api);
  return calls;
}

const calls = journal((api) => {
  api.navigate("choice", "A");
  api.LMSInitialize("");
  api.LMSSetValue("cmi.core.lesson_location", "page 4");
});

function opened(change: Partial<Scorm12Launch>): Scorm12Launch {
  return {
    launch: { id: "L1", registrationId: "R", instanceId: "I" },
    courseTitle: "A course",
    outline,
    context,
    state: emptyInstance,
    settings: {},
    acknowledgedSeq: 0,
    returnUrl: "",
    locale: "",
    organizationName: "",
    ...change,
  };
}

describe("replayUnsent", () => {
  it("brings the server's state up to what this device has", () => {
    const unsent = unsentCalls(0, calls);
    const state = replayUnsent(opened({}), unsent);
    expect(state.seq).toBe(3);
    expect(state.activities.A?.values["cmi.core.lesson_location"]).toBe("page 4");
    expect(unsent).toHaveLength(3);
  });

  it("skips calls the server has, and stops before a call that is missing", () => {
    const more = journal((api) => {
      api.navigate("choice", "A");
      api.LMSInitialize("");
      for (const page of ["4", "5", "6"]) api.LMSSetValue("cmi.core.lesson_location", page);
    });
    const found = more.filter((call) => call.seq !== 4);
    expect(unsentCalls(2, found).map((call) => call.seq)).toEqual([3]);
  });

  it("ends what another launch left open, when this one comes back", () => {
    const state = { ...replayUnsent(opened({}), calls), launch: "L2", seq: 9 };
    const back = replayUnsent(opened({ state, acknowledgedSeq: 3 }), unsentCalls(3, calls));
    expect(back).toMatchObject({ launch: "L1", seq: 3 });
    expect(back.activities.A?.ended).toBe("close");
  });
});
