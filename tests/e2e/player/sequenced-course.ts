import { buildScorm2004Package } from "@coursemesh/samples/build-scorm2004-package.ts";

/** A SCO with a button for everything that a test wants to see; it keeps its page and its answer, and terminates when it is unloaded. */
const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>SCO</title><style>body { font: 16px/1.5 sans-serif; margin: 24px; } button { font: inherit; padding: 6px 12px; margin: 4px; }</style></head>
<body>
<h1 id="title"></h1>
<p>Entry <output id="entry"></output>, page <output id="page"></output>, answer <output id="answer"></output></p>
<button data-do="page">Next page</button><button data-do="answer">Answer</button><button data-do="pass">Pass</button><button data-do="fail">Fail</button>
<br><button data-ask="continue">Go on</button><button data-ask="previous">Go back</button><button data-ask="suspendAll">Pause</button><button data-ask="">Stop</button>
<p>Test open: <output id="valid"></output></p>
<script>
function find(from) { let at = from; for (let i = 0; at && i < 500; i++) { if (at.API_1484_11) return at.API_1484_11; if (at === at.parent) break; at = at.parent; } }
const api = find(window) || (window.opener && find(window.opener));
window.api = api;
const show = (id, value) => { document.getElementById(id).value = value; };
const validity = () => show("valid", api.GetValue("adl.nav.request_valid.choice.{target=test}"));
show("title", ""); document.getElementById("title").textContent = new URLSearchParams(location.search).get("title");
api.Initialize("");
let page = Number(api.GetValue("cmi.location") || "1");
show("entry", api.GetValue("cmi.entry")); show("page", page); show("answer", api.GetValue("cmi.suspend_data"));
validity();
let ended = false;
const end = () => { if (!ended) { ended = true; api.SetValue("cmi.session_time", "PT1M"); api.Terminate(""); } };
const deeds = {
  page: () => { page += 1; api.SetValue("cmi.location", String(page)); api.Commit(""); show("page", page); },
  answer: () => { api.SetValue("cmi.suspend_data", "chose b"); api.SetValue("cmi.exit", "suspend"); show("answer", "chose b"); },
  pass: () => { api.SetValue("cmi.score.scaled", "0.92"); api.SetValue("cmi.success_status", "passed"); api.SetValue("cmi.completion_status", "completed"); validity(); },
  fail: () => { api.SetValue("cmi.score.scaled", "0.3"); api.SetValue("cmi.success_status", "failed"); api.SetValue("cmi.completion_status", "completed"); },
};
for (const button of document.querySelectorAll("button")) button.onclick = () => {
  const { do: deed, ask } = button.dataset;
  if (deed) return deeds[deed]();
  if (ask) api.SetValue("adl.nav.request", ask);
  if (ask === "suspendAll") api.SetValue("cmi.exit", "suspend");
  end();
};
addEventListener("beforeunload", end);
addEventListener("pagehide", end);
</script>
</body>
</html>
`;

const objective = (write: boolean) =>
  `<imsss:mapInfo targetObjectiveID="org.coursemesh.test.lesson" readSatisfiedStatus="${!write}" readNormalizedMeasure="false" writeSatisfiedStatus="${write}"/>`;
const BY_CONTENT = '<imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>';

/** What decides: passed by content, known to the test. */
const lessonSequencing = `
<imsss:objectives><imsss:primaryObjective objectiveID="own">${objective(true)}</imsss:primaryObjective></imsss:objectives>
${BY_CONTENT}`;

const testSequencing = `
<imsss:sequencingRules><imsss:preConditionRule>
  <imsss:ruleConditions conditionCombination="any">
    <imsss:ruleCondition referencedObjective="lesson" operator="not" condition="satisfied"/>
    <imsss:ruleCondition referencedObjective="lesson" operator="not" condition="objectiveStatusKnown"/>
  </imsss:ruleConditions>
  <imsss:ruleAction action="disabled"/>
</imsss:preConditionRule></imsss:sequencingRules>
<imsss:objectives><imsss:primaryObjective objectiveID="own"/><imsss:objective objectiveID="lesson">${objective(false)}</imsss:objective></imsss:objectives>
${BY_CONTENT}`;

const item = (identifier: string, title: string, sequencing?: string, hideLmsUi: readonly string[] = []) => ({
  identifier,
  title,
  href: "sco.html",
  parameters: `?title=${encodeURIComponent(title)}`,
  hideLmsUi,
  ...(sequencing === undefined ? {} : { sequencing }),
});

/**
 * An introduction that hides Previous and the ways to end, two lessons that may be walked forward only, and a test that is closed until the
 * second lesson is passed.
 */
export function buildSequencedPackage(): Promise<Buffer> {
  return buildScorm2004Package(
    {
      identifier: "org.coursemesh.test.sequenced",
      title: "Working safely",
      objectivesGlobalToSystem: false,
      sequencing: '<imsss:controlMode choice="true" flow="true"/>',
      items: [
        item("intro", "Introduction", undefined, ["previous", "exit", "exitAll", "abandon", "abandonAll"]),
        {
          identifier: "lessons",
          title: "Lessons",
          sequencing: '<imsss:controlMode choice="true" flow="true" forwardOnly="true"/>',
          items: [item("one", "Ladders"), item("two", "Machines", lessonSequencing)],
        },
        item("test", "Final test", testSequencing),
      ],
    },
    [{ path: "sco.html", content: PAGE }],
  );
}
