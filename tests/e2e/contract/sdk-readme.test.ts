import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { createCoursemesh, eachItem, reasonOf } from "@coursemesh/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { restClient } from "../../product/rest-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const readme = readFileSync(`${root}/packages/sdk/README.md`, "utf8");

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  await restClient(product).importCourse("sdk-quiz", await buildQuizPackage());
});
afterAll(() => product.remove());

it("the README's example runs as it stands there", async () => {
  const [, example = ""] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(example.split("\n").filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(10);
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", example], {
    cwd: root,
    env: {
      ...process.env,
      COURSEMESH_URL: product.grpcUrl,
      KEY_ID: product.apiKey.id,
      KEY_SECRET: product.apiKey.secret,
    },
  });
  expect(stdout).toMatch(/^Open http:\S+\/l\/\S+ and take ".+"\n$/);
});

it("lists, and explains what failed", async () => {
  const coursemesh = createCoursemesh({ baseUrl: product.grpcUrl, apiKey: product.apiKey });
  const titles: string[] = [];
  const { listCourses, getCourse } = coursemesh.course.courses;
  for await (const course of eachItem(
    (page) => listCourses({ page }),
    (answer) => answer.courses,
    1,
  ))
    titles.push(course.externalId);
  expect(titles).toEqual(["sdk-quiz"]);
  const failing = getCourse({ by: { case: "externalId", value: "none" } });
  expect(reasonOf(await failing.catch((error: unknown) => error))).toBe("COURSE_NOT_FOUND");
  const stranger = createCoursemesh({ baseUrl: product.grpcUrl, apiKey: { id: "who", secret: "x" } });
  expect(reasonOf(await stranger.course.courses.listCourses({}).catch((error: unknown) => error))).toBe(
    "UNAUTHENTICATED",
  );
});
