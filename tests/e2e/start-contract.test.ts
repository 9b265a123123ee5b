import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { restClient } from "../product/rest-client.ts";
import { type Product, startProduct } from "../product/start-product.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs `start.ts` until it ends by itself. */
async function failToStart(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["packages/mesh/src/start.ts"], { cwd: root, env: { ...process.env, ...env } });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, "exit")) as [number | null];
  return { code, said: (await said).join("").trim() };
}

describe("npm start", () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ env: { SAMPLES: "1", ADMIN_PASSWORD: "" } });
  });
  afterAll(() => product.remove());

  it("prints the administrator's password once, and the ready line", async () => {
    expect(
      product.output.filter((line) => line.startsWith("Sign in as owner@example.com with the password ")),
    ).toHaveLength(1);
    expect(product.output.at(-1)).toBe(`ready ${product.url}`);
  });

  it("serves the web UI and answers health", async () => {
    const page = await fetch(product.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<title>Coursemesh");
    expect(await (await fetch(`${product.url}/healthz`)).json()).toMatchObject({ status: "ok", database: "ok" });
  });

  it("imports the sample courses", async () => {
    const rest = restClient(product);
    await expect
      .poll(
        async () => ((await (await rest.request("GET", "/courses")).json()) as { courses: unknown[] }).courses.length,
        { timeout: 30_000 },
      )
      .toBe(3);
  });

  it("exits 0 on SIGTERM, and on the next start knows what it knew and prints no password", async () => {
    expect(await product.stop()).toBe(0);
    const before = product.output.length;
    await product.restart();
    expect(product.output.slice(before)).toEqual([`ready ${product.url}`]);
    const { courses } = (await (await restClient(product).request("GET", "/courses")).json()) as {
      courses: { id: string }[];
    };
    expect(courses.map((course) => course.id).toSorted()).toEqual([
      "sample-course",
      "sample-quiz",
      "sample-sequencing",
    ]);
  });

  it("refuses a second start on the same folder with one sentence", async () => {
    const { code, said } = await failToStart({ DATA_DIR: product.dataDir });
    expect(code).toBe(1);
    expect(said).toMatch(
      /^Coursemesh cannot start: DATA_DIR .* is in use by process \d+; stop it or choose another folder$/,
    );
  });

  it("goes on after SIGKILL with the database it left running", async () => {
    await product.kill();
    await product.restart();
    expect((await restClient(product).request("GET", "/courses")).status).toBe(200);
  });
});

describe("npm start that cannot", () => {
  it("names every wrong variable at once", async () => {
    const { code, said } = await failToStart({ PORT: "seventy", ADMIN_EMAIL: "nobody", BOOTSTRAP_API_KEY: "x" });
    expect(code).toBe(1);
    expect(said).toMatch(/PORT[\s\S]*ADMIN_EMAIL[\s\S]*BOOTSTRAP_API_KEY/);
  });

  it("says which port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    await expect(startProduct({ env: { PORT: String(port) } })).rejects.toThrow(
      `Coursemesh cannot start: port ${port} is taken by another program`,
    );
    taken.close();
  });

  it("says that a database does not answer", async () => {
    await expect(startProduct({ env: { DATABASE_URL: "postgres://nobody:x@127.0.0.1:1/none" } })).rejects.toThrow(
      /nothing answers on port 1; check DATABASE_URL/,
    );
  });
});
