import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hostileBombs } from "./hostile-bombs.ts";
import { hostileCorpus } from "./hostile-corpus.ts";
import type { HostilePackage } from "./hostile-package.ts";
import { hostileXml } from "./hostile-xml.ts";

const MIB = 1024 * 1024;
/** What one import may take over what the process takes anyway, MiB. */
const ONE_IMPORT = 96;
/** The same for many of them one after the other, with what the allocator has not given back yet. */
const MANY_IMPORTS = 192;

/** Those that get furthest before they are refused, or that are as large as is allowed. */
const greedy = [...hostileBombs, ...hostileXml].filter(({ name }) =>
  /as many|hundred thousand|twenty thousand|unpacks to/.test(name),
);

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "hostile-memory-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it.each(greedy)(`takes less than ${ONE_IMPORT} MiB for $name`, async (hostile) => {
  expect(await mebibytesFor([hostile])).toBeLessThan(ONE_IMPORT);
});

it(`takes less than ${MANY_IMPORTS} MiB for a quarter of the corpus in one process`, { timeout: 120_000 }, async () => {
  const quarter = hostileCorpus.filter((_, index) => index % 4 === 0);
  expect(await mebibytesFor(quarter)).toBeLessThan(MANY_IMPORTS);
});

async function mebibytesFor(corpus: readonly HostilePackage[]): Promise<number> {
  const packages = join(root, "packages");
  await mkdir(packages);
  for (const [index, { build, limits }] of corpus.entries()) {
    await writeFile(join(packages, `${index}.zip`), build());
    if (limits) await writeFile(join(packages, `${index}.json`), JSON.stringify(limits));
  }
  const script = new URL("./measure-memory.ts", import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [script, packages, join(root, "store")]);
  const { read, before, peak } = JSON.parse(stdout) as { read: number; before: number; peak: number };
  expect(read).toBe(corpus.length);
  return (peak - before) / MIB;
}
