import { buildScorm12Package } from "@coursemesh/samples/build-scorm12-package.ts";

/**
 * A course that plays itself as its learner's id begins: `pass-…` answers rightly and passes with 90, `fail-…` answers wrongly and fails
 * with 40, and anybody else begins and stays in it.
 */
export function buildVerdictPackage(): Promise<Buffer> {
  const page = `<!doctype html><html lang="en"><title>Verdict</title><p id="state">playing</p><script>
    let api; for (let w = window; !(api = w.API) && w !== w.parent; ) w = w.parent;
    api.LMSInitialize("");
    const verdict = { pass: ["passed", "90", "correct", "a"], fail: ["failed", "40", "wrong", "b"] }[
      api.LMSGetValue("cmi.core.student_id").slice(0, 4)];
    if (verdict) {
      const [status, score, result, answer] = verdict;
      api.LMSSetValue("cmi.interactions.0.id", "colour");
      api.LMSSetValue("cmi.interactions.0.type", "choice");
      api.LMSSetValue("cmi.interactions.0.student_response", answer);
      api.LMSSetValue("cmi.interactions.0.result", result);
      api.LMSSetValue("cmi.core.score.min", "0");
      api.LMSSetValue("cmi.core.score.max", "100");
      api.LMSSetValue("cmi.core.score.raw", score);
      api.LMSSetValue("cmi.core.lesson_status", status);
      api.LMSFinish("");
      document.getElementById("state").textContent = status;
    } else {
      api.LMSSetValue("cmi.core.lesson_status", "incomplete");
      api.LMSCommit("");
    }
  </script>`;
  return buildScorm12Package(
    {
      identifier: "verdict",
      title: "Verdicts",
      items: [{ identifier: "only", title: "Only part", href: "index.html" }],
    },
    [{ path: "index.html", content: page }],
  );
}
