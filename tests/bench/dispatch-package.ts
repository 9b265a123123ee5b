/**
 * Generation of packages of a course of 200 MB beside one of 1 MB, through the whole product: `node tests/bench/dispatch-package.ts
 * [--megabytes 200] [--packages 20]`. A package holds no content, so neither its size nor its time may depend on the course's. Beside it a
 * bare zip of the same files, made in this process.
 */
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { PackageFormat, PackageService } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { buildZip } from "@coursemesh/samples/build-zip.ts";
import { scorm12Manifest } from "@coursemesh/samples/scorm12-manifest.ts";
import { unzip } from "../e2e/dispatch/unzip.ts";
import { dispatchCourse, packageBytes } from "../product/dispatched-course.ts";
import { restClient } from "../product/rest-client.ts";
import { rpcClient } from "../product/rpc-client.ts";
import { startProduct } from "../product/start-product.ts";
import { percentile } from "./load/statistics.ts";

const { values: options } = parseArgs({
  options: { megabytes: { type: "string", default: "200" }, packages: { type: "string", default: "20" } },
});
const count = Number(options.packages);
const format = PackageFormat.SCORM2004_4TH;

const product = await startProduct();
try {
  for (const megabytes of [1, Number(options.megabytes)]) {
    const courseId = await addCourse(`course-${megabytes}`, megabytes);
    const [times, sizes, bare]: [number[], number[], number[]] = [[], [], []];
    for (let made = 0; made < count; made += 1) {
      // A dispatch of its own, so that nothing comes from the cache.
      const dispatch = await dispatchCourse(product, courseId);
      const bytes = await packageBytes(product, dispatch.id, format);
      const { packages } = await rpcClient(product, PackageService).listPackages({ dispatchId: dispatch.id });
      times.push(packages[0]?.generationMs ?? 0);
      sizes.push(bytes.length);
      const files = [...(await unzip(bytes))].map(([path, content]) => ({ path, content }));
      const began = performance.now();
      await buildZip(files);
      bare.push(performance.now() - began);
    }
    const at = [0.5, 0.95].map((share) => `${percentile(times, share).toFixed(0)} ms`).join(" / ");
    console.log(
      `course of ${String(megabytes).padStart(3)} MB: ${Math.min(...sizes)} to ${Math.max(...sizes)} bytes, p50 / p95 ${at}; bare zip p50 ${percentile(bare, 0.5).toFixed(0)} ms`,
    );
  }
} finally {
  await product.remove();
}

async function addCourse(name: string, megabytes: number): Promise<string> {
  const media = Array.from({ length: megabytes }, (_, index) => `media/${index}.bin`);
  const course = { identifier: name, title: "Course", items: [{ identifier: "i", title: "Page", href: "index.html" }] };
  const zip = await buildZip([
    { path: "imsmanifest.xml", content: scorm12Manifest(course, ["index.html", ...media]) },
    { path: "index.html", content: "<!DOCTYPE html><title>Page</title>" },
    ...media.map((path) => ({ path, content: randomBytes(1024 * 1024), compress: false })),
  ]);
  const job = await restClient(product).importCourse(name, zip);
  if (job.status !== "COMPLETE") throw new Error(`the course was not imported: ${JSON.stringify(job)}`);
  const by = { case: "externalId", value: name } as const;
  return (await rpcClient(product, CourseService).getCourse({ by })).course?.id ?? "";
}
