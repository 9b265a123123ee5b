import { build } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PlayerBench, startPlayerBench } from "./player-bench.ts";
import { courseFiles, oneSco } from "./test-course.ts";

let bench: PlayerBench;
beforeAll(async () => {
  bench = await startPlayerBench();
});
afterAll(() => bench.stop());

/** The store as a module that a page can import, from a course's files. */
async function storeModule(): Promise<string> {
  const entry = new URL("../../../web/src/player/journal/indexed-db-call-store.ts", import.meta.url).pathname;
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, lib: { entry, formats: ["es"], fileName: "store" } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !("output" in output)) throw new Error("nothing was built");
  return output.output[0].code;
}

const script = `(async () => {
  const { openIndexedDbCallStore } = await import("./store.js");
  const store = await openIndexedDbCallStore();
  const launch = { base: "/l/one/", launchId: "L1" };
  const call = (seq, value = "v") => ({ seq, at: 1, activity: "A", method: "SetValue", element: "e", value, result: "true", error: "0" });
  const seqs = async (base) => (await store.load(base)).map((kept) => kept.seq);
  const seen = {};
  await store.add(launch, [call(2), call(1, "\\ud83d")]);
  await store.add({ base: "/l/one/more/", launchId: "L2" }, [call(1)]);
  seen.inOrder = await seqs("/l/one/");
  seen.loneSurrogate = (await store.load("/l/one/"))[0].value === "\\ud83d";
  store.addNow(launch, [call(3), call(4)]);
  seen.withDeparture = await seqs("/l/one/");
  const reopened = await openIndexedDbCallStore();
  seen.launches = (await reopened.launches()).map((kept) => kept.base).sort();
  await store.forget("/l/one/", 2);
  seen.afterForgetting = await seqs("/l/one/");
  await store.forget("/l/one/", 4);
  seen.afterAll = [await seqs("/l/one/"), (await store.launches()).map((kept) => kept.base)];
  return seen;
})()`;

it("keeps calls in IndexedDB by launch and number, joins those of the departure note, and forgets what is acknowledged", async () => {
  const files = new Map<string, string>([
    ...courseFiles,
    ["store.js", await storeModule()],
    ["blank.html", "<!doctype html>"],
  ]);
  bench.origin.launch(bench.origin.registration(oneSco, files), "store");
  const context = await bench.context();
  const page = await context.newPage();
  await page.goto(`${bench.address}/l/store/c/blank.html`);
  expect(await page.evaluate(script.replace("./store.js", "/l/store/c/store.js"))).toEqual({
    inOrder: [1, 2],
    loneSurrogate: true,
    withDeparture: [1, 2, 3, 4],
    launches: ["/l/one/", "/l/one/more/"],
    afterForgetting: [3, 4],
    afterAll: [[], ["/l/one/more/"]],
  });
  await context.close();
});
