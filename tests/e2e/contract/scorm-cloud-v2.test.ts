import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@coursemesh/platform/net/free-port.ts";
import { buildMultiScoPackage, buildQuizPackage } from "@coursemesh/samples/sample-courses.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Product, startProduct } from "../../product/start-product.ts";
import { type CloudCall, CloudError, scormCloudClient } from "./scorm-cloud-client.ts";

interface Job {
  readonly jobId: string;
  readonly status: string;
  readonly message: string;
  readonly importResult?: { readonly parserWarnings: string[]; readonly course?: Course };
}
interface Course {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly created: Date;
  readonly updated: Date;
  readonly registrationCount?: number;
  readonly courseLearningStandard: string;
  readonly metadata?: { readonly title: string };
  readonly rootActivity?: { readonly children: { readonly activityType: string }[] };
}
interface Registration {
  readonly id: string;
  readonly instance: number;
  readonly registrationCompletion: string;
  readonly registrationSuccess: string;
  readonly course: { readonly id: string; readonly version: number };
  readonly learner: { readonly id: string; readonly firstName: string };
  readonly createdDate: Date;
  readonly activityDetails?: { readonly children: { readonly title: string }[] };
}
interface CourseList {
  readonly courses: Course[];
  readonly more?: string;
}
interface RegistrationList {
  readonly registrations: Registration[];
  readonly more?: string;
}

/** The error of an operation that must fail. */
async function failure(answer: Promise<unknown>): Promise<CloudError> {
  const error = await answer.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (error instanceof CloudError) return error;
  throw error;
}

describe("SCORM Cloud's published client, unmodified", () => {
  const folder = mkdtempSync(join(tmpdir(), "coursemesh-contract-"));
  const quizFile = join(folder, "quiz.zip");
  const learner = { id: "ana@example.org", firstName: "Ana", lastName: "Silva", email: "ana@example.org" };
  let product: Product;
  let files: Server;
  let filesUrl: string;
  let call: CloudCall;

  beforeAll(async () => {
    // Fetching from this machine is refused unless the installation allows it.
    product = await startProduct({ env: { IMPORT_ALLOW_PRIVATE: "1" } });
    call = scormCloudClient(product, product.apiKey);
    writeFileSync(quizFile, await buildQuizPackage());
    const multiSco = await buildMultiScoPackage();
    const port = await freePort();
    files = createServer((_request, response) => response.end(multiSco)).listen(port, "127.0.0.1");
    filesUrl = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    files.close();
    await product.remove();
    rmSync(folder, { recursive: true });
  });

  const jobOf = async (jobId: string): Promise<Job> => {
    let job: Job | undefined;
    await expect
      .poll(
        async () => {
          job = (await call<Job>("CourseApi", "getImportJobStatus", jobId)).data;
          return job.status;
        },
        { timeout: 60_000 },
      )
      .not.toBe("RUNNING");
    return job!;
  };

  it("learns that the API works and who made it", async () => {
    expect((await call("PingApi", "pingAppId")).data).toMatchObject({ apiMessage: expect.any(String) });
    expect((await call("AboutApi", "getAbout")).data).toMatchObject({ version: "2.0" });
  });

  it("is refused without credentials, and with wrong ones", async () => {
    for (const stranger of [undefined, { id: product.apiKey.id, secret: "wrong" }]) {
      const { status, body, headers } = await failure(scormCloudClient(product, stranger)("PingApi", "pingAppId"));
      expect([status, typeof body.message, headers["www-authenticate"]]).toEqual([
        401,
        "string",
        expect.stringContaining("Basic"),
      ]);
    }
  });

  it("imports an uploaded package", async () => {
    const { data } = await call<{ result: string }>("CourseApi", "createUploadAndImportCourseJob", "quiz", {
      mayCreateNewVersion: false,
      file: createReadStream(quizFile),
    });
    const job = await jobOf(data.result);
    expect(job).toMatchObject({ jobId: data.result, status: "COMPLETE" });
    expect(job.importResult).toMatchObject({
      course: { id: "quiz", version: 1, courseLearningStandard: "SCORM12" },
      parserWarnings: [],
    });
  });

  it("is refused a course id that is taken, until a new version is asked for", async () => {
    const upload = (mayCreateNewVersion: boolean) =>
      call<{ result: string }>("CourseApi", "createUploadAndImportCourseJob", "quiz", {
        mayCreateNewVersion,
        file: createReadStream(quizFile),
      });
    expect(await failure(upload(false))).toMatchObject({ status: 400, message: expect.stringContaining("exists") });
    const job = await jobOf((await upload(true)).data.result);
    expect(job.importResult?.course?.version).toBe(2);
    const { data } = await call<CourseList>("CourseApi", "getCourseVersions", "quiz", {});
    expect(data.courses.map((course) => course.version).toSorted()).toEqual([1, 2]);
    const first = await call<Course>("CourseApi", "getCourseVersionInfo", "quiz", 1, {});
    expect(first.data).toMatchObject({ id: "quiz", version: 1 });
  });

  it("imports a package from an address", async () => {
    const request = { url: `${filesUrl}/course.zip` };
    const { data } = await call<{ result: string }>(
      "CourseApi",
      "createFetchAndImportCourseJob",
      "fetched",
      request,
      {},
    );
    expect(await jobOf(data.result)).toMatchObject({ status: "COMPLETE" });
  });

  it("learns why a package was refused", async () => {
    const file = join(folder, "broken.zip");
    writeFileSync(file, "this is no zip");
    const { data } = await call<{ result: string }>("CourseApi", "createUploadAndImportCourseJob", "broken", {
      file: createReadStream(file),
    });
    const job = await jobOf(data.result);
    expect(job.status).toBe("ERROR");
    expect(job.message.length).toBeGreaterThan(5);
    expect(await failure(call("CourseApi", "getCourse", "broken", {}))).toMatchObject({ status: 404 });
  });

  it("finds no import job by an id that was never one", async () => {
    expect(await failure(call("CourseApi", "getImportJobStatus", "no-such-job"))).toMatchObject({ status: 404 });
  });

  it("lists courses by filter, with a count in a header", async () => {
    const all = await call<CourseList>("CourseApi", "getCourses", { includeTotalCount: true, orderBy: "created_asc" });
    expect(all.data.courses.map((course) => course.id)).toEqual(["quiz", "fetched"]);
    expect(all.headers["x-total-count"]).toBe("2");
    expect(all.data.courses[0]?.created).toBeInstanceOf(Date);
    const some = await call<CourseList>("CourseApi", "getCourses", { filter: "fetch", filterBy: "course_id" });
    expect(some.data.courses.map((course) => course.id)).toEqual(["fetched"]);
    const none = await call<CourseList>("CourseApi", "getCourses", { since: new Date(Date.now() + 60_000) });
    expect(none.data.courses).toEqual([]);
    expect(await failure(call("CourseApi", "getCourses", { more: "made up" }))).toMatchObject({ status: 400 });
  });

  it("reads and retitles a course", async () => {
    expect((await call("CourseApi", "setCourseTitle", "quiz", { title: "Anti-phishing" })).status).toBe(204);
    const options = { includeRegistrationCount: true, includeCourseMetadata: true };
    const { data } = await call<Course>("CourseApi", "getCourse", "quiz", options);
    expect(data).toMatchObject({
      title: "Anti-phishing",
      registrationCount: 0,
      metadata: { title: expect.any(String) },
    });
    expect(data.rootActivity?.children[0]).toMatchObject({ activityType: "SCO" });
  });

  it("links to a preview", async () => {
    const { data } = await call<{ launchLink: string }>("CourseApi", "buildCoursePreviewLaunchLink", "quiz", {});
    expect(
      (
        await fetch(data.launchLink.replace(/\/\/[^/]+/, `//${new URL(product.contentUrl).host}`), {
          redirect: "manual",
        })
      ).status,
    ).toBeLessThan(400);
  });

  it("registers a learner, once", async () => {
    const registration = { courseId: "quiz", registrationId: "r1", learner, registrationTags: ["spring"] };
    expect((await call("RegistrationApi", "createRegistration", registration, {})).status).toBe(204);
    expect(await failure(call("RegistrationApi", "createRegistration", registration, {}))).toMatchObject({
      status: 400,
      body: { message: expect.any(String) },
    });
    const unknown = { ...registration, registrationId: "r0", courseId: "no such course" };
    expect(await failure(call("RegistrationApi", "createRegistration", unknown, {}))).toMatchObject({ status: 404 });
    const pushed = { ...registration, registrationId: "r0", postBack: { url: "http://127.0.0.1:9/results" } };
    expect(await failure(call("RegistrationApi", "createRegistration", pushed, {}))).toMatchObject({ status: 400 });
  });

  it("knows whether a registration is there, and how far it is", async () => {
    expect((await call("RegistrationApi", "getRegistration", "r1")).status).toBe(200);
    expect(await failure(call("RegistrationApi", "getRegistration", "r0"))).toMatchObject({ status: 404 });
    const options = { includeChildResults: true, includeRuntime: true, includeInteractionsAndObjectives: true };
    const { data } = await call<Registration>("RegistrationApi", "getRegistrationProgress", "r1", options);
    expect(data).toMatchObject({
      id: "r1",
      instance: 0,
      registrationCompletion: "INCOMPLETE",
      registrationSuccess: "UNKNOWN",
      totalSecondsTracked: 0,
      course: { id: "quiz", title: "Anti-phishing", version: 2 },
      learner,
      tags: ["spring"],
    });
    expect(data.activityDetails?.children.length).toBeGreaterThan(0);
  });

  it("registers for an older version", async () => {
    const registration = { courseId: "quiz", registrationId: "older", learner };
    await call("RegistrationApi", "createRegistration", registration, { courseVersion: 1 });
    const { data } = await call<Registration>("RegistrationApi", "getRegistrationProgress", "older", {});
    expect(data.course.version).toBe(1);
  });

  it("links to a launch that needs no credentials", async () => {
    const request = { redirectOnExitUrl: "https://lms.example/done" };
    const { data } = await call<{ launchLink: string }>(
      "RegistrationApi",
      "buildRegistrationLaunchLink",
      "r1",
      request,
    );
    expect(new URL(data.launchLink).pathname).toMatch(/^\/l\/[\w-]{20,}/);
    const unknown = call("RegistrationApi", "buildRegistrationLaunchLink", "r0", request);
    expect(await failure(unknown)).toMatchObject({ status: 404 });
    const wrong = call("RegistrationApi", "buildRegistrationLaunchLink", "r1", { expiry: -5 });
    expect(await failure(wrong)).toMatchObject({ status: 400 });
  });

  it("lists more registrations than fit on a page by the more token alone", async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `many-${String(index).padStart(3, "0")}`);
    for (const registrationId of ids)
      await call("RegistrationApi", "createRegistration", { courseId: "fetched", registrationId, learner }, {});
    const options = { courseId: "fetched", orderBy: "created_asc", includeTotalCount: true };
    const first = await call<RegistrationList>("RegistrationApi", "getRegistrations", options);
    expect(first.headers["x-total-count"]).toBe("120");
    const second = await call<RegistrationList>("RegistrationApi", "getRegistrations", { more: first.data.more });
    expect([...first.data.registrations, ...second.data.registrations].map((it) => it.id)).toEqual(ids);
    expect(second.data.more).toBeUndefined();
    const filtered = await call<RegistrationList>("RegistrationApi", "getRegistrations", {
      learnerId: learner.id,
      filter: "older",
    });
    expect(filtered.data.registrations.map((it) => it.id)).toEqual(["older"]);
  });

  it("deletes a registration and a course, and finds them no more", async () => {
    expect((await call("RegistrationApi", "deleteRegistration", "r1")).status).toBe(204);
    expect(await failure(call("RegistrationApi", "deleteRegistration", "r1"))).toMatchObject({ status: 404 });
    expect((await call("CourseApi", "deleteCourse", "quiz")).status).toBe(204);
    expect(await failure(call("CourseApi", "getCourse", "quiz", {}))).toMatchObject({ status: 404 });
    await expect
      .poll(() => failure(call("RegistrationApi", "getRegistration", "older")).then((error) => error.status))
      .toBe(404);
  });
});
