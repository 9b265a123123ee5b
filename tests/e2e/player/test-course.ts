import type { ActivityOutline, CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";

/** A SCO that looks for the API as the book says, saves what its buttons say, and finishes in its unload handlers like most courses do. */
const sco = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>SCO</title></head><body>
<h1>SCO</h1>
<p>Entry <output id="entry"></output>, location <output id="location"></output></p>
<button id="page">Next page</button><button id="pass">Pass</button><button id="fill">Fill</button><button id="shut">Close window</button>
<script>
function find(win) { for (let i = 0; win && i < 500; i++) { if (win.API) return win.API; if (win.parent === win) break; win = win.parent; } return null; }
const api = find(window) || (window.opener && find(window.opener));
window.api = api;
api.LMSInitialize("");
let at = Number(api.LMSGetValue("cmi.core.lesson_location") || "0");
document.getElementById("entry").value = api.LMSGetValue("cmi.core.entry");
document.getElementById("location").value = String(at);
api.LMSSetValue("cmi.core.exit", "suspend");
document.getElementById("page").onclick = () => {
  at += 1;
  api.LMSSetValue("cmi.core.lesson_location", String(at));
  document.getElementById("location").value = String(at);
};
document.getElementById("pass").onclick = () => {
  api.LMSSetValue("cmi.core.score.raw", "92");
  api.LMSSetValue("cmi.core.lesson_status", "passed");
  api.LMSCommit("");
};
document.getElementById("fill").onclick = () => {
  for (let i = 0; i < 40; i++) api.LMSSetValue("cmi.interactions." + i + ".id", "q" + i + "x".repeat(4000));
};
document.getElementById("shut").onclick = () => setTimeout(() => window.close(), 100);
let finished = false;
function finish() {
  if (finished) return;
  finished = true;
  api.LMSSetValue("cmi.core.session_time", "00:01:00");
  api.LMSFinish("");
}
addEventListener("beforeunload", finish);
addEventListener("unload", finish);
</script></body></html>`;

const asset = `<!doctype html><html lang="en"><title>Reading</title><h1>Something to read</h1></html>`;

/** Files of the test courses by path. */
export const courseFiles: ReadonlyMap<string, string> = new Map([
  ["sco.html", sco],
  ["asset.html", asset],
]);

function activity(identifier: string, title: string, href: string, prerequisites = ""): ActivityOutline {
  const type = href.startsWith("asset") ? "asset" : "sco";
  return {
    identifier,
    title,
    visible: true,
    launch: { href, type },
    ...(prerequisites && { scorm12: { prerequisites } }),
    children: [],
  };
}

function course(title: string, ...activities: readonly ActivityOutline[]): CourseOutline {
  return { standard: "scorm12", manifestIdentifier: "M", organizationIdentifier: "O", title, activities };
}

/** One SCO. */
export const oneSco = course("Fire safety", activity("A", "Fire safety", "sco.html"));

/** Two modules in a cluster, something to read, and a test behind the second module. */
export const severalScos = course(
  "Working safely",
  {
    identifier: "basics",
    title: "The basics",
    visible: true,
    children: [activity("A", "Module 1", "sco.html"), activity("B", "Module 2", "sco.html?module=2")],
  },
  activity("R", "Further reading", "asset.html"),
  activity("T", "Final test", "sco.html?test", "B"),
);

/** Nothing can be opened: each waits for the other. */
export const deadlocked = course(
  "Locked",
  activity("T", "Final test", "sco.html", "M2"),
  activity("M2", "Module 2", "sco.html", "T"),
);
