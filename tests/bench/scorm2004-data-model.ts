/**
 * Calls per second of the SCORM 2004 data model beside scorm-again's `Scorm2004API`, in one process: `node tests/bench/scorm2004-data-model.ts`.
 * Ours runs as in the player, journal recording included; scorm-again runs without logging, without an LMS to commit to and without an
 * activity tree.
 */
import { Api1484_11 } from "@coursemesh/scorm/cmi2004/api-1484-11.ts";
import { unopenedAttempt } from "@coursemesh/scorm/cmi2004/attempt-state.ts";
import { behaviourOf } from "@coursemesh/scorm/cmi2004/behaviour.ts";
import { openAttempt, type SessionTerms } from "@coursemesh/scorm/cmi2004/open-attempt.ts";
import { lenientPolicy } from "@coursemesh/scorm/cmi2004/policy.ts";
import { ScoSession, type SessionContext } from "@coursemesh/scorm/cmi2004/sco-session.ts";
import type { Delivery } from "@coursemesh/scorm/sequencing/run-time-input.ts";
import { Scorm2004API } from "scorm-again";
import { compareOperations, type Operation } from "./load/compare-operations.ts";

/** What both have in common. */
interface Api {
  Initialize(argument: string): string;
  Terminate(argument: string): string;
  GetValue(element: string): string;
  SetValue(element: string, value: string): string;
}

const terms: SessionTerms = {
  mode: "normal",
  credit: "credit",
  policy: lenientPolicy,
  behaviour: behaviourOf("4th"),
};
const delivery: Delivery = { activity: "A", attempt: 1, resumed: false, objectives: [] };
const context: SessionContext = {
  learnerId: "learner",
  learnerName: "Doe, Jane",
  activity: {},
  shared: {},
  requestValid: () => "true",
};

/** Keeps what the player would keep in memory until the next delivery. */
let journal: unknown[] = [];
function ours(): Api {
  journal = [];
  const api = new Api1484_11((call) => {
    if (journal.length === 4096) journal = [];
    journal.push(call);
  });
  api.attach("A", new ScoSession(openAttempt(unopenedAttempt, delivery, terms), context));
  return api;
}

function theirs(): Api {
  const api = new Scorm2004API({ logLevel: 5, autocommit: false });
  return {
    Initialize: (argument) => api.lmsInitialize(argument),
    Terminate: (argument) => api.lmsFinish(argument),
    GetValue: (element) => api.lmsGetValue(element),
    SetValue: (element, value) => api.lmsSetValue(element, value),
  };
}

const initialized = (make: () => Api) => {
  const api = make();
  api.Initialize("");
  return api;
};
const setting = (element: string, values: readonly string[]) => (api: Api, count: number) => {
  let done = 0;
  for (let i = 0; i < count; i++) if (api.SetValue(element, values[i % values.length] ?? "") === "true") done++;
  return done;
};
const block = "abcdefghijklmnopqrstuvwxyz012345".repeat(2000).slice(0, 63_990);

const operations: readonly Operation<Api>[] = [
  {
    name: "SetValue cmi.location",
    prepare: initialized,
    run: setting("cmi.location", ["page-1", "page-2", "page-3"]),
    count: 200_000,
  },
  {
    name: "GetValue cmi.location",
    prepare: initialized,
    run: (api, count) => {
      let done = 0;
      api.SetValue("cmi.location", "page-1");
      for (let i = 0; i < count; i++) if (api.GetValue("cmi.location") === "page-1") done++;
      return done;
    },
    count: 400_000,
  },
  {
    name: "SetValue cmi.score.scaled",
    prepare: initialized,
    run: setting("cmi.score.scaled", ["0.85", "0.125", "1"]),
    count: 100_000,
  },
  {
    name: "SetValue cmi.suspend_data, 64 kB",
    prepare: initialized,
    run: setting("cmi.suspend_data", [`${block}1`, `${block}2`, `${block}3`]),
    count: 3_000,
  },
  {
    name: "append an interaction (5 sets)",
    prepare: initialized,
    run: (api, count) => {
      let done = 0;
      for (let i = 0; i < count; i++) {
        const at = `cmi.interactions.${i}.`;
        api.SetValue(`${at}id`, `question-${i}`);
        api.SetValue(`${at}type`, "choice");
        api.SetValue(`${at}learner_response`, "a");
        api.SetValue(`${at}result`, "correct");
        if (api.SetValue(`${at}latency`, "PT12.5S") === "true") done++;
      }
      return done;
    },
    count: 2_000,
  },
  {
    name: "SetValue cmi.interactions.50.result",
    prepare: (make) => {
      const api = initialized(make);
      for (let i = 0; i <= 50; i++) api.SetValue(`cmi.interactions.${i}.id`, `q${i}`);
      return api;
    },
    run: setting("cmi.interactions.50.result", ["correct", "incorrect"]),
    count: 100_000,
  },
  {
    name: "GetValue cmi.objectives.20.success_status",
    prepare: (make) => {
      const api = initialized(make);
      for (let i = 0; i <= 20; i++) api.SetValue(`cmi.objectives.${i}.id`, `o${i}`);
      api.SetValue("cmi.objectives.20.success_status", "passed");
      return api;
    },
    run: (api, count) => {
      let done = 0;
      for (let i = 0; i < count; i++) if (api.GetValue("cmi.objectives.20.success_status") === "passed") done++;
      return done;
    },
    count: 200_000,
  },
  {
    name: "whole session (new, Initialize, 3 sets, Terminate)",
    prepare: (make) => make(),
    run: (_api, count, make) => {
      let done = 0;
      for (let i = 0; i < count; i++) {
        const api = make();
        api.Initialize("");
        api.SetValue("cmi.completion_status", "completed");
        api.SetValue("cmi.score.scaled", "0.85");
        api.SetValue("cmi.session_time", "PT5M");
        if (api.Terminate("") === "true") done++;
      }
      return done;
    },
    count: 3_000,
  },
];

compareOperations(operations, ours, theirs);
