/**
 * Checks the contracts: buf lint, format, and breaking changes against what has landed.
 * The comparison is with `origin/main` where a clone has it, else with `main`; a repository whose base has no contracts yet has nothing to break.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const buf = (...args: string[]): void => {
  const { status } = spawnSync(`${root}node_modules/.bin/buf`, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    console.error(`buf ${args[0]} found what is listed above`);
    process.exit(1);
  }
};
const git = (...args: string[]): string =>
  execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();

/** The commit to compare with: the newest one that is not part of this work. */
function base(): string | undefined {
  for (const ref of ["origin/main", "main"]) {
    try {
      const landed = git("rev-parse", "--verify", `${ref}^{commit}`);
      const commit =
        landed === git("rev-parse", "HEAD")
          ? git("rev-parse", "--verify", `${landed}~1`)
          : git("merge-base", landed, "HEAD");
      git("cat-file", "-e", `${commit}:buf.yaml`);
      return commit;
    } catch {
      // No such branch, or no contracts in it; the next one may have them.
    }
  }
  return undefined;
}

/** Third-party contracts are not in git, so the old state is laid out with today's beside it. */
function compareWith(commit: string): void {
  const folder = mkdtempSync(join(tmpdir(), "coursemesh-contracts-"));
  try {
    execFileSync("sh", ["-c", `git archive ${commit} proto buf.yaml | tar -x -C ${folder}`], { cwd: root });
    cpSync(join(root, "proto/third_party"), join(folder, "proto/third_party"), { recursive: true });
    buf("breaking", "--against", folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

buf("lint");
buf("format", "--path", "proto/coursemesh", "--diff", "--exit-code");
const commit = base();
if (commit === undefined) console.log("buf breaking: nothing has landed yet to compare with");
else compareWith(commit);
console.log("contracts: lint, format and breaking changes checked");
