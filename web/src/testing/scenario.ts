/** What the fixtures do: answer, answer with nothing, fail, never answer, answer in part, or know a viewer who may only look. */
export type Scenario = "populated" | "empty" | "error" | "loading" | "partial" | "viewer" | "signed-out";

/** Read from the session's storage, where a test puts it before the page starts. */
export function scenario(): Scenario {
  return (sessionStorage.getItem("coursemesh.scenario") as Scenario | null) ?? "populated";
}
