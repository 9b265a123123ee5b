import { buildScorm2004Package } from "./build-scorm2004-package.ts";

/**
 * A SCO for tests that does nothing by itself but Initialize, and Terminate when it is unloaded. Tests call its API through `window.api`; what it
 * was called with and what it answered is kept in `window.calls`.
 */
const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Plain SCO</title></head>
<body>
<h1>Plain SCO</h1>
<p>Activity <output id="activity"></output>, entry <output id="entry"></output>, location <output id="location"></output></p>
<script>
let found = window;
while (found && !found.API_1484_11 && found !== found.parent) found = found.parent;
const offered = found.API_1484_11 ?? window.opener?.API_1484_11;
window.calls = [];
window.api = new Proxy({}, {
  get: (_, method) => (...args) => {
    const answer = offered[method](...args);
    window.calls.push([method, ...args, answer]);
    return answer;
  },
});
api.Initialize("");
document.getElementById("activity").value = new URLSearchParams(location.search).get("activity");
document.getElementById("entry").value = api.GetValue("cmi.entry");
document.getElementById("location").value = api.GetValue("cmi.location");
addEventListener("pagehide", () => api.Terminate(""));
</script>
</body>
</html>
`;

/** What a plain course may have otherwise. */
export interface PlainCourse {
  readonly edition?: "2nd" | "3rd" | "4th";
  /** Sequencing of the organization, as XML. Default: flow and choice. */
  readonly sequencing?: string;
  /** Sequencing of single activities, as XML, by number from 1. */
  readonly activities?: Readonly<Record<number, string>>;
}

/** A SCORM 2004 course of `count` SCOs below the organization, `activity_1` … titled "Activity 1" …, that is as plain as can be. For tests. */
export function buildPlainScorm2004Package(count: number, course: PlainCourse = {}): Promise<Buffer> {
  const { edition = "4th", sequencing = '<imsss:controlMode flow="true" choice="true"/>', activities = {} } = course;
  const items = Array.from({ length: count }, (_, at) => {
    const own = activities[at + 1];
    return {
      identifier: `activity_${at + 1}`,
      title: `Activity ${at + 1}`,
      href: "sco.html",
      parameters: `?activity=${at + 1}`,
      ...(own === undefined ? {} : { sequencing: own }),
    };
  });
  return buildScorm2004Package(
    { identifier: `org.coursemesh.samples.plain-${count}`, title: `${count} activities`, edition, sequencing, items },
    [{ path: "sco.html", content: PAGE }],
  );
}
