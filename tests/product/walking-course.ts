import { buildScorm2004Package } from "@coursemesh/samples/build-scorm2004-package.ts";

/** A SCORM 2004 course of `count` SCOs, `activity_1` …, that walks through itself: each one reports that it is passed and asks to go on. */
export function buildWalkingPackage(count: number, everyMs: number): Promise<Buffer> {
  const page = `<!doctype html><html lang="en"><title>Walking</title><p>Walking</p><script>
    let api; for (let w = window; !(api = w.API_1484_11) && w !== w.parent; ) w = w.parent;
    api.Initialize("");
    setTimeout(() => {
      api.SetValue("cmi.completion_status", "completed");
      api.SetValue("cmi.success_status", "passed");
      api.SetValue("cmi.score.scaled", "0.9");
      api.SetValue("adl.nav.request", "continue");
      api.Terminate("");
    }, ${everyMs});
  </script>`;
  const items = Array.from({ length: count }, (_, at) => ({
    identifier: `activity_${at + 1}`,
    title: `Activity ${at + 1}`,
    href: "index.html",
  }));
  const sequencing = '<imsss:controlMode flow="true" choice="true"/>';
  return buildScorm2004Package(
    { identifier: "org.coursemesh.walking", title: "Walking", edition: "4th", sequencing, items },
    [{ path: "index.html", content: page }],
  );
}
