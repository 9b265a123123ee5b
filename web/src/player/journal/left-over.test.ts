import { emptyInstance } from "@coursemesh/scorm/instance12/instance-state.ts";
import { Scorm12Api } from "@coursemesh/scorm/instance12/scorm12-api.ts";
import { launchOf, outlineOf } from "@coursemesh/scorm/instance12/testing/course.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import { describe, expect, it } from "vitest";
import { LaunchError } from "../protocol/launch-error.ts";
import { deliverLeftOver } from "./deliver-left-over.ts";
import { MemoryCallStore } from "./memory-call-store.ts";

const outline = outlineOf("A");
const context = launchOf("L1");

function journal(script: (api: Scorm12Api) => void): JournalCall[] {
  const calls: JournalCall[] = [];
  const api = new Scorm12Api(outline, context, emptyInstance, (call) => {
    calls.push({ ...call, seq: calls.length + 1, at: 0 });
  });
  script(api);
  return calls;
}

const calls = journal((api) => {
  api.navigate("choice", "A");
  api.LMSInitialize("");
  api.LMSSetValue("cmi.core.lesson_location", "page 4");
});

describe("deliverLeftOver", () => {
  const [first] = calls;
  if (first === undefined) throw new Error("no call");

  async function storeWith(...bases: string[]) {
    const store = new MemoryCallStore(true);
    for (const base of bases) await store.add({ base, launchId: base }, calls);
    return store;
  }

  it("sends each launch's calls to its own address and then forgets them, but leaves the present launch alone", async () => {
    const store = await storeWith("/l/one/", "/l/two/", "/l/now/");
    const sent: string[] = [];
    await deliverLeftOver(store, "/l/now/", (base) => ({
      async append(first, body) {
        sent.push(`${base} ${first} ${(JSON.parse(body) as unknown[]).length}`);
        return { acknowledgedSeq: 3 };
      },
    }));
    expect(sent.sort()).toEqual(["/l/one/ 1 3", "/l/two/ 1 3"]);
    expect((await store.launches()).map((launch) => launch.base)).toEqual(["/l/now/"]);
  });

  it("keeps what cannot be sent now, and drops what the server will never take", async () => {
    const store = await storeWith("/l/down/", "/l/over/");
    await deliverLeftOver(store, "", (base) => ({
      append: () => Promise.reject(new LaunchError(base === "/l/down/" ? 503 : 410, "X", "")),
    }));
    expect((await store.launches()).map((launch) => launch.base)).toEqual(["/l/down/"]);
  });
});
