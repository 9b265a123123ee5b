import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { ActivityDefinition } from "../sequencing/activity-tree.ts";
import type { Delivery } from "../sequencing/run-time-input.ts";
import { Api1484_11 } from "./api-1484-11.ts";
import { type AttemptState, unopenedAttempt } from "./attempt-state.ts";
import { openAttempt } from "./open-attempt.ts";
import { ScoSession } from "./sco-session.ts";
import type { SharedData } from "./shared-data.ts";
import { firstDelivery, someContext, strictTerms } from "./testing/session.ts";

/** A case of ADL's test suite as data; see the README beside the cases. */
interface AdlCase {
  readonly launches: readonly {
    readonly activity: string;
    readonly visit: number;
    readonly calls: readonly {
      readonly method: string;
      readonly element?: string;
      readonly value?: string;
      readonly argument?: string;
      readonly returns?: string;
      readonly returnsShorterThan?: number;
      readonly error: number | null;
    }[];
  }[];
}

const folder =
  process.env.ADL_SCORM2004_DIR ?? fileURLToPath(new URL("../../../../../shared/adl-scorm2004", import.meta.url));

const present = existsSync(`${folder}/cases`);
const absent = present ? "" : ` (skipped: they are not in ${folder}; ADL_SCORM2004_DIR names another folder)`;

const readCase = (name: string): AdlCase => JSON.parse(readFileSync(`${folder}/cases/${name}.json`, "utf8"));

/** What the manifest of a case and the sequencer say to one launch of an activity. */
interface Setting {
  readonly delivery?: Partial<Delivery>;
  readonly activity?: Partial<ActivityDefinition>;
}

const measure = (completionThreshold?: number, scaledPassingScore?: number): Setting => ({
  delivery: {
    ...(completionThreshold === undefined ? {} : { completionThreshold }),
    ...(scaledPassingScore === undefined ? {} : { scaledPassingScore }),
  },
});
const maps = (...flags: readonly string[]) =>
  flags.map((flag, at) => ({
    targetId: `tarID${at + 1}`,
    readSharedData: flag.includes("r"),
    writeSharedData: flag.includes("w"),
  }));

/** By case and activity: what the manifests in the same folder say. */
const settings: Readonly<Record<string, Readonly<Record<string, Setting>>>> = {
  API: {},
  DMI: {
    "1": {
      ...measure(0.8),
      activity: {
        dataFromLms: "Launch Data Test",
        timeLimitAction: "continue,message",
        dataMaps: maps("rw", "r", "w", ""),
      },
    },
    "2": { ...measure(1), activity: { dataMaps: maps("rw", "rw", "rw", "rw", "r", "w", "rw") } },
    "3": { activity: { dataMaps: maps("-", "-", "-", "-", "rw", "r", "w").slice(4) } },
    "4": { activity: { dataMaps: maps("rw", "rw", "rw", "rw", "rw", "rw", "rw", "rw") } },
  },
  DMB: {
    "2": measure(0.8),
    "3": measure(undefined, -0.5),
    "4": measure(undefined, -0.5),
    "5": measure(undefined, 1),
    "6": measure(0.6, 0.6),
  },
};

/** Delimiters that say what holds without them; the case expects them both with and without. */
const defaults = /\{(?:order_matters=true|case_matters=false)\}/;

/** Lists differ in order, numbers in spelling, and what depends on the LMS is any text. */
function same(element: string, expected: string, answered: string): boolean {
  if (/learner_(?:id|name)$/.test(element)) return true;
  if (element.endsWith("_children")) {
    return expected.split(",").sort().join() === answered.split(",").sort().join();
  }
  if (element.endsWith(".pattern") && expected.replace(defaults, "") === answered.replace(defaults, "")) return true;
  return expected === answered || (answered !== "" && Number(expected) === Number(answered));
}

/** Plays the calls of a case; an activity that left with `suspend` goes on with its data. Answers what went otherwise than the case says. */
function play(name: string): string[] {
  const wrong: string[] = [];
  const attempts = new Map<string, AttemptState>();
  const suspended = new Set<string>();
  let shared: SharedData = {};
  readCase(name).launches.forEach((launch, number) => {
    if (launch.calls.length === 0) return;
    const setting = settings[name]?.[launch.activity] ?? {};
    const previous = attempts.get(launch.activity) ?? unopenedAttempt;
    const resumed = previous.exit === "suspend" || suspended.has(launch.activity);
    const delivery = { ...firstDelivery, activity: launch.activity, resumed, ...setting.delivery };
    const longData = launch.calls.find((call) => call.element === "cmi.launch_data")?.returns;
    const session = new ScoSession(openAttempt(previous, delivery, strictTerms), {
      ...someContext,
      requestValid: (request) => (request === "choice" || request === "jump" ? "true" : "false"),
      activity: { ...(longData === undefined ? {} : { dataFromLms: longData }), ...setting.activity },
      shared,
    });
    const api = new Api1484_11(() => {});
    api.attach(launch.activity, session);
    launch.calls.forEach((call, at) => {
      const element = (call.element ?? "").replace(/&(.*)&/, (_, id: string) => indexOf(api, call.element ?? "", id));
      const argument =
        call.argument ?? (call.method.startsWith("GetE") || call.method === "GetDiagnostic" ? call.argument : "");
      // Comments of the LMS are its own affair: the case takes a comment and an error alike.
      if (call.returns?.startsWith("Returned a valid value")) return;
      let answer: string;
      if (call.method === "SetValue") answer = api.SetValue(element, call.value);
      else if (call.method === "GetValue") answer = api.GetValue(element);
      else answer = api[call.method as "Initialize"](argument);
      const right =
        (call.returns === undefined || same(element, call.returns, answer)) &&
        (call.returnsShorterThan === undefined || answer.length < call.returnsShorterThan) &&
        (call.error === null || api.GetLastError() === String(call.error));
      if (right) return;
      const said = `${call.method}(${element}, ${call.value?.slice(0, 60)})`;
      wrong.push(
        `${number}/${at} ${said}: ${answer.slice(0, 40)} ${api.GetLastError()}, not ${call.returns?.slice(0, 40)} ${call.error}`,
      );
    });
    api.Terminate("");
    suspended.delete(launch.activity);
    if (session.navigationRequest()?.type === "suspendAll") suspended.add(launch.activity);
    shared = session.shared();
    attempts.set(launch.activity, JSON.parse(JSON.stringify(session.close())));
  });
  return wrong;
}

function indexOf(api: Api1484_11, element: string, id: string): string {
  const list = element.slice(0, element.indexOf(".&"));
  const count = Number(api.GetValue(`${list}._count`));
  for (let index = 0; index < count; index++) if (api.GetValue(`${list}.${index}.id`) === id) return String(index);
  return "-1";
}

describe.skipIf(!present)(`the calls of ADL's data model cases${absent}`, () => {
  it.each(["API", "DMI", "DMB"])("%s: every answer and error code is as the case says", (name) => {
    expect(play(name)).toEqual([]);
  });
});
