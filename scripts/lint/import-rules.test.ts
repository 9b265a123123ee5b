import { expect, it } from "vitest";
import { importProblems, importsOf, zonesOf } from "./import-rules.ts";

const zones = zonesOf(["course", "content"], ["scorm", "platform", "mesh", "newcomer"]);
const problems = (path: string, source: string): string[] => {
  const zone = zones.find((it) => path.startsWith(`${it.folder}/`));
  if (!zone) throw new Error("no zone");
  return importProblems(path, source, zone);
};

it("finds imports of every form", () => {
  const source = `import { a } from "one";\nimport type { b } from "two";\nexport { c } from "three";\nconst d = await import("four");\nimport.meta.resolve("five")`;
  expect(importsOf(source)).toEqual(["one", "two", "three", "four", "five"]);
});

it("lets services import contracts, platform and core, and never each other", () => {
  expect(problems("services/course/src/app.ts", `import { x } from "@coursemesh/platform/db/database.ts";`)).toEqual(
    [],
  );
  expect(problems("services/course/src/app.ts", `import { x } from "@coursemesh/content/app.ts";`)).toEqual([
    "imports @coursemesh/content, which services/course may not",
  ]);
  expect(problems("services/course/src/app.ts", `import { x } from "../../content/src/app.ts";`)).toEqual([
    "reaches out of services/course by ../../content/src/app.ts; import the package by name",
  ]);
});

it("keeps the core free of Node, clocks and randomness", () => {
  expect(problems("packages/scorm/src/a.ts", `import fs from "node:fs";\nconst now = Date.now();`)).toHaveLength(2);
  expect(problems("packages/scorm/src/a.test.ts", `import fs from "node:fs";`)).toEqual([]);
});

it("closes a package nobody has opened", () => {
  expect(problems("packages/newcomer/src/a.ts", `import { x } from "@coursemesh/platform/a.ts";`)).toHaveLength(1);
});

it("keeps the web UI from the platform, and features from each other", () => {
  expect(problems("web/src/lib/a.ts", `import { x } from "@coursemesh/platform/a.ts";`)).toHaveLength(1);
  expect(problems("web/src/features/courses/a.ts", `import { x } from "../people/b.ts";`)).toEqual([
    "feature courses imports feature people",
  ]);
  expect(problems("web/src/components/a.ts", `import { x } from "../features/people/b.ts";`)).toEqual([
    "imports feature people; features are on top",
  ]);
});

it("lets only config.ts of a service read the environment", () => {
  expect(problems("services/course/src/app.ts", "process.env.HOME")).toEqual([
    "reads process.env; only config.ts does",
  ]);
  expect(problems("services/course/src/config.ts", "process.env.HOME")).toEqual([]);
});
