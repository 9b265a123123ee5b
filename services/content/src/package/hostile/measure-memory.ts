import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createFolderSink } from "../folder-sink.ts";
import { readPackage } from "../read-package.ts";

/**
 * Reads every package of a folder in a process of its own and prints the most memory that it took at any moment, beside
 * what the process took before: `node measure-memory.ts PACKAGES STORE`. Each `X.zip` may have its limits in `X.json`.
 */
const [packages = "", store = ""] = process.argv.slice(2);
const before = process.memoryUsage.rss();
let read = 0;
for (const name of (await readdir(packages)).filter((each) => each.endsWith(".zip"))) {
  const limits = join(packages, name.replace(/zip$/, "json"));
  await readPackage(join(packages, name), {
    sink: createFolderSink(store),
    limits: existsSync(limits) ? JSON.parse(await readFile(limits, "utf8")) : undefined,
  });
  read += 1;
}
process.stdout.write(JSON.stringify({ read, before, peak: peakMemory() }));

/** Linux counts the peak of this program alone in VmHWM; the peak of `resourceUsage` is inherited from the parent process. */
function peakMemory(): number {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) * 1024;
}
