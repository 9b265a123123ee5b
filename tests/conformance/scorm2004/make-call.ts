import type { FailedStep } from "../suite-result.ts";
import type { CaseCall } from "./case-form.ts";

/** The cases' own words for "whatever the LMS has". */
const ANY_ANSWER = "Returned a valid value or error code";

/** The functions of `API_1484_11` that cases call. */
export interface ScoApi {
  Initialize(argument: string): string;
  Terminate(argument: string): string;
  GetValue(element: string): string;
  SetValue(element: string, value: string): string;
  Commit(argument: string): string;
  GetLastError(): string;
  GetErrorString(code: string): string;
  GetDiagnostic(code: string): string;
}

/** What came of a call. */
export interface CallAnswer {
  /** The element that was asked, with indices in the place of names. */
  readonly element: string;
  /** For CompareObjectiveIds: the identifiers, sorted and joined by commas. */
  readonly got: string;
  readonly error: string;
}

/** Makes one call of a case; undefined when the answer and the error code are what the case expects. */
export function makeCall(api: ScoApi, call: CaseCall): FailedStep | undefined {
  const element = resolveNames(api, call.element ?? "");
  const got = answerOf(api, { ...call, element });
  return judgeCall(call, { element, got, error: api.GetLastError() });
}

/** Compares what came of a call with what the case expects; undefined when they agree. */
export function judgeCall(call: CaseCall, { element, got, error }: CallAnswer): FailedStep | undefined {
  const wrongError = call.error !== null && call.returns !== ANY_ANSWER && error !== String(call.error);
  if (!wrongError && answers(call, element, got)) return undefined;
  return {
    call: `${call.method}(${[element, call.value ?? call.argument].filter(Boolean).join(", ").slice(0, 120)})`,
    expected: `${call.returns ?? "anything"} / ${call.error}`,
    got: `${got.slice(0, 120)} / ${error}`,
    why: "",
  };
}

function answerOf(api: ScoApi, { method, element = "", value = "", argument = "" }: CaseCall): string {
  switch (method) {
    case "GetValue":
      return api.GetValue(element);
    case "SetValue":
      return api.SetValue(element, value);
    case "CompareObjectiveIds":
      return idsOf(api, "cmi.objectives").sort().join(",");
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

function idsOf(api: ScoApi, list: string): string[] {
  const count = Number(api.GetValue(`${list}._count`));
  return Array.from({ length: count || 0 }, (_, index) => api.GetValue(`${list}.${index}.id`));
}

/** Puts the index of the entry with this id for `&name&`. */
function resolveNames(api: ScoApi, element: string): string {
  return element.replace(/&([^&]+)&/, (_, name: string) =>
    String(idsOf(api, element.startsWith("adl.data") ? "adl.data" : "cmi.objectives").indexOf(name)),
  );
}

/** A delimiter that says what holds anyway may be kept or left out (RTE 4.1.1.6); the cases want both. */
function withoutDefaults(answer: string): string {
  return answer.replace(/^(\{order_matters=true\}|\{case_matters=false\})+/, "");
}
