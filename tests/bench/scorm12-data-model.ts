/**
 * Calls per second of the SCORM 1.2 data model beside scorm-again's `Scorm12API`, in one process: `node tests/bench/scorm12-data-model.ts`.
 * Ours runs as in the player, journal recording included; scorm-again runs without logging and without an LMS to commit to.
 */
import { lenientPolicy } from "@coursemesh/scorm/cmi12/policy.ts";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { emptyInstance } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { LaunchContext } from "@coursemesh/scorm/instance12/launch-context.ts";
import { Scorm12Api } from "@coursemesh/scorm/instance12/scorm12-api.ts";
import { Scorm12API } from "scorm-again";
import { compareOperations, type Operation } from "./load/compare-operations.ts";

/** What both have in common. */
interface Api {
  LMSInitialize(argument: string): string;
  LMSFinish(argument: string): string;
  LMSGetValue(element: string): string;
  LMSSetValue(element: string, value: string): string;
}

const outline: CourseOutline = {
  standard: "scorm12",
  manifestIdentifier: "M",
  organizationIdentifier: "O",
  title: "Bench",
  activities: [{ identifier: "A", title: "A", visible: true, launch: { href: "a.html", type: "sco" }, children: [] }],
};
const launch: LaunchContext = {
  id: "1",
  learnerId: "learner",
  learnerName: "Doe, Jane",
  mode: "normal",
  credit: "credit",
  policy: lenientPolicy,
};

/** Keeps what the player would keep in memory until the next delivery. */
let journal: unknown[] = [];
function ours(): Api {
  journal = [];
  const api = new Scorm12Api(outline, launch, emptyInstance, (call) => {
    if (journal.length === 4096) journal = [];
    journal.push(call);
  });
  api.navigate("choice", "A");
  return api;
}

function theirs(): Api {
  return new Scorm12API({ logLevel: 5, autocommit: false });
}

const initialized = (make: () => Api) => {
  const api = make();
  api.LMSInitialize("");
  return api;
};
const setting = (element: string, values: readonly string[]) => (api: Api, count: number) => {
  let done = 0;
  for (let i = 0; i < count; i++) if (api.LMSSetValue(element, values[i % values.length] ?? "") === "true") done++;
  return done;
};
const block = "abcdefghijklmnopqrstuvwxyz012345".repeat(128).slice(0, 4090);

const operations: readonly Operation<Api>[] = [
  {
    name: "LMSSetValue cmi.core.lesson_location",
    prepare: initialized,
    run: setting("cmi.core.lesson_location", ["page-1", "page-2", "page-3"]),
    count: 200_000,
  },
  {
    name: "LMSGetValue cmi.core.lesson_location",
    prepare: initialized,
    run: (api, count) => {
      let done = 0;
      api.LMSSetValue("cmi.core.lesson_location", "page-1");
      for (let i = 0; i < count; i++) if (api.LMSGetValue("cmi.core.lesson_location") === "page-1") done++;
      return done;
    },
    count: 400_000,
  },
  {
    name: "LMSSetValue cmi.core.score.raw",
    prepare: initialized,
    run: setting("cmi.core.score.raw", ["85", "12.5", "100"]),
    count: 100_000,
  },
  {
    name: "LMSSetValue cmi.suspend_data, 4 kB",
    prepare: initialized,
    run: setting("cmi.suspend_data", [`${block}1`, `${block}2`, `${block}3`]),
    count: 30_000,
  },
  {
    name: "append an interaction (5 sets)",
    prepare: initialized,
    run: (api, count) => {
      let done = 0;
      for (let i = 0; i < count; i++) {
        const at = `cmi.interactions.${i}.`;
        api.LMSSetValue(`${at}id`, `question-${i}`);
        api.LMSSetValue(`${at}type`, "choice");
        api.LMSSetValue(`${at}student_response`, "a");
        api.LMSSetValue(`${at}result`, "correct");
        if (api.LMSSetValue(`${at}latency`, "00:00:12.50") === "true") done++;
      }
      return done;
    },
    count: 2_000,
  },
  {
    name: "LMSSetValue cmi.interactions.50.result",
    prepare: (make) => {
      const api = initialized(make);
      for (let i = 0; i <= 50; i++) api.LMSSetValue(`cmi.interactions.${i}.id`, `q${i}`);
      return api;
    },
    run: setting("cmi.interactions.50.result", ["correct", "wrong"]),
    count: 100_000,
  },
  {
    name: "whole session (new, initialize, 3 sets, finish)",
    prepare: (make) => make(),
    run: (_api, count, make) => {
      let done = 0;
      for (let i = 0; i < count; i++) {
        const api = make();
        api.LMSInitialize("");
        api.LMSSetValue("cmi.core.lesson_status", "completed");
        api.LMSSetValue("cmi.core.score.raw", "85");
        api.LMSSetValue("cmi.core.session_time", "00:05:00");
        if (api.LMSFinish("") === "true") done++;
      }
      return done;
    },
    count: 5_000,
  },
];

compareOperations(operations, ours, theirs);
