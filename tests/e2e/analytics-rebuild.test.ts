import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import { Step } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { restClient } from "../product/rest-client.ts";
import { rpcClient } from "../product/rpc-client.ts";
import { type Product, startProduct } from "../product/start-product.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const began = Date.now();
let product: Product;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.remove());

/** `npm run analytics:rebuild` on the machine of the product. */
async function rebuild(args: readonly string[], env: Record<string, string> = {}): Promise<[unknown, string]> {
  const child = spawn("npm", ["run", "--silent", "analytics:rebuild", "--", ...args], {
    cwd: root,
    env: { ...process.env, COURSEMESH_URL: product.grpcUrl, DATA_DIR: product.dataDir, ...env },
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, "exit");
  return [code, (await said).join("")];
}

it("rebuilds figures from the journal with one command, and says what it found", async () => {
  const rest = restClient(product);
  await rest.importCourse("counted", await buildQuizPackage());
  for (const id of ["one", "two", "three"]) await rest.register("counted", id);
  const registrations = async (): Promise<bigint | undefined> => {
    const [startTime, endTime] = [timestampFromMs(began - 86_400_000), timestampFromMs(Date.now() + 86_400_000)];
    const overview = await rpcClient(product, OverviewService).getOverview({
      period: { startTime, endTime, step: Step.DAY },
    });
    return overview.figures?.registrations;
  };
  await expect.poll(registrations, { timeout: 20_000 }).toBe(3n);
  for (const args of [["--compare-only"], []]) {
    expect(await rebuild(args)).toEqual([0, expect.stringMatching(/^\d+ events read, \d+ a second; 0 differences\n$/)]);
  }
  expect(await registrations()).toBe(3n);
});

it("says in a sentence why it cannot", async () => {
  expect(await rebuild([], { DATA_DIR: `${product.dataDir}/nothing` })).toEqual([
    2,
    expect.stringContaining("holds no installation"),
  ]);
  const [code, said] = await rebuild([], { MESH_SECRET: "not-the-secret-not-the-secret-not-the-secret" });
  expect([code, said.split("\n")]).toEqual([2, [expect.stringMatching(/^Analytics could not be rebuilt: /), ""]]);
});
