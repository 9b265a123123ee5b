import { buildScorm12Package } from "@coursemesh/samples/build-scorm12-package.ts";

/** A course that counts: it writes 1, 2, 3 … to lesson_location as fast as told, committing each, and never stops by itself. */
export function buildCountingPackage(everyMs: number): Promise<Buffer> {
  const page = `<!doctype html><html lang="en"><title>Counting</title><p id="count">0</p><script>
    let api; for (let w = window; !(api = w.API) && w !== w.parent; ) w = w.parent;
    api.LMSInitialize("");
    let count = Number(api.LMSGetValue("cmi.core.lesson_location")) || 0;
    setInterval(() => {
      count += 1;
      const kept = api.LMSSetValue("cmi.core.lesson_location", String(count));
      api.LMSSetValue("cmi.suspend_data", "count " + count);
      api.LMSCommit("");
      document.getElementById("count").textContent = kept === "true" ? String(count) : "refused";
    }, ${everyMs});
  </script>`;
  return buildScorm12Package(
    { identifier: "counting", title: "Counting", items: [{ identifier: "count", title: "Count", href: "index.html" }] },
    [{ path: "index.html", content: page }],
  );
}
