import type { Api1484_11 } from "@coursemesh/scorm/cmi2004/api-1484-11.ts";
import type { ScoSession } from "@coursemesh/scorm/cmi2004/sco-session.ts";
import type { FailedStep } from "../suite-result.ts";
import type { CaseCall } from "./case-form.ts";

/** The cases' own words for "whatever the LMS has". */
const ANY_ANSWER = "Returned a valid value or error code";

/** What a call goes to: the API of the activity that runs, and its session for what the script asks without a call of its own. */
export interface CallTarget {
  readonly api: Api1484_11;
  readonly sco: ScoSession;
}

/** Makes one call of a case; undefined when the answer and the error code are what the case expects. */
export function makeCall({ api, sco }: CallTarget, call: CaseCall): FailedStep | undefined {
  const element = resolveNames(sco, call.element ?? "");
  const got = answerOf(api, sco, { ...call, element });
  const error = api.GetLastError();
  const wrongError = call.error !== null && call.returns !== ANY_ANSWER && error !== String(call.error);
  if (!wrongError && answers(call, element, got)) return undefined;
  return {
    call: `${call.method}(${[element, call.value ?? call.argument].filter(Boolean).join(", ").slice(0, 120)})`,
    expected: `${call.returns ?? "anything"} / ${call.error}`,
    got: `${got.slice(0, 120)} / ${error}`,
    why: "",
  };
}

function answerOf(api: Api1484_11, sco: ScoSession, { method, element, value, argument = "" }: CaseCall): string {
  switch (method) {
    case "GetValue":
      return api.GetValue(element);
    case "SetValue":
      return api.SetValue(element, value);
    case "CompareObjectiveIds":
      return objectiveIds(sco).sort().join(",");
    case "GetLastError":
      return api.GetLastError();
    default:
      return api[method](argument);
  }
}

function answers({ method, argument, returns, returnsShorterThan }: CaseCall, element: string, got: string): boolean {
  if (method === "CompareObjectiveIds") {
    return got === (argument ?? "").split(",").filter(Boolean).sort().join(",");
  }
  if (returnsShorterThan !== undefined && got.length >= returnsShorterThan) return false;
  if (returns === undefined || withoutDefaults(got) === withoutDefaults(returns)) return true;
  if (returns === ANY_ANSWER) return true;
  // Who the learner is, is the LMS's to say.
  if (element === "cmi.learner_id" || element === "cmi.learner_name") return got !== "";
  if (element.endsWith("._children")) return got.split(",").sort().join() === returns.split(",").sort().join();
  return returns !== "" && got !== "" && Number(got) === Number(returns);
}

function objectiveIds(sco: ScoSession): string[] {
  const count = Number(sco.get("cmi.objectives._count"));
  return Array.from({ length: count }, (_, index) => sco.get(`cmi.objectives.${index}.id`));
}

/** Puts the index of the entry with this id for `&name&`. */
function resolveNames(sco: ScoSession, element: string): string {
  return element.replace(/&([^&]+)&/, (_, name: string) => {
    const list = element.startsWith("adl.data") ? "adl.data" : "cmi.objectives";
    const { error } = sco;
    const count = Number(sco.get(`${list}._count`));
    const index = Array.from({ length: count }, (__, at) => sco.get(`${list}.${at}.id`)).indexOf(name);
    sco.error = error;
    return String(index);
  });
}

/** A delimiter that says what holds anyway may be kept or left out (RTE 4.1.1.6); the cases want both. */
function withoutDefaults(answer: string): string {
  return answer.replace(/^(\{order_matters=true\}|\{case_matters=false\})+/, "");
}
