import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { callerOf } from "@coursemesh/platform/auth/caller.ts";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import { serviceError, unavailable } from "@coursemesh/platform/errors/service-error.ts";
import { CallerKind, CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ImportService, ImportState } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseVersionService, Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { describe, expect, it } from "vitest";
import { callRpc, type FakeService, fake, testBff } from "../testing/test-bff.ts";

const owner = create(CallerSchema, {
  kind: CallerKind.PERSON,
  id: "p1",
  organizationId: "o1",
  permissions: [...ALL_PERMISSIONS],
  displayName: "Ada",
});
const reader = create(CallerSchema, { ...owner, id: "k1", permissions: [Permission.COURSE_READ] });
const callers = { "Bearer owner": owner, "Bearer reader": reader };
const asOwner = { authorization: "Bearer owner" };
const uuid = "01960000-0000-7000-8000-000000000001";
const version = { id: uuid, courseId: uuid, number: 2, standard: Standard.SCORM_12, findingCount: 1 };
const course = { id: uuid, externalId: "golf", title: "Golf", currentVersion: version, etag: "e1" };

const courses = fake(CourseService, {
  listCourses: () => ({ courses: [course], page: { nextPageToken: "t", total: 7n } }),
  batchGetCourses: () => ({ courses: [course] }),
  getCourse: ({ by }) => {
    if (by.value === uuid) return { course };
    throw serviceError(Code.NotFound, "COURSE_NOT_FOUND", "no such course", { id: String(by.value) });
  },
});
const noRegistrations = fake(RegistrationService, {
  summarizeRegistrations: () => {
    throw unavailable("runtime");
  },
  listRegistrations: () => {
    throw unavailable("runtime");
  },
});
const registrations = fake(RegistrationService, {
  summarizeRegistrations: () => ({
    total: { registrations: 3n },
    courses: [{ courseId: uuid, registrations: 3n, passed: 1n }],
  }),
  listRegistrations: () => ({
    registrations: [
      { id: uuid, courseId: uuid, instance: { courseVersionId: uuid }, learner: { id: "l", lastName: "Lee" } },
    ],
  }),
});

async function call(
  fakes: readonly FakeService[],
  method: string,
  body: object,
  headers: Record<string, string> = asOwner,
) {
  const bff = await testBff({ fakes, callers });
  const answer = await callRpc(bff, method, body, headers);
  await bff.stop();
  return answer;
}

describe("the course list", () => {
  it("joins courses with their counts", async () => {
    const { body } = await call([courses, registrations], "CourseViewService/ListCourses", {});
    expect(body).toMatchObject({
      courses: [
        { title: "Golf", standard: "SCORM 1.2", versionNumber: 2, counts: { registrations: "3", passed: "1" } },
      ],
      nextPageToken: "t",
      total: "7",
    });
  });

  it("is there without counts when the runtime service is not", async () => {
    const { status, body } = await call([courses, noRegistrations], "CourseViewService/ListCourses", {});
    expect(status).toBe(200);
    expect((body.courses as object[])[0]).not.toHaveProperty("counts");
  });

  it("has no counts for a key that may not read registrations", async () => {
    const headers = { authorization: "Bearer reader" };
    const { status, body } = await call([courses, registrations], "CourseViewService/ListCourses", {}, headers);
    expect(status).toBe(200);
    expect((body.courses as object[])[0]).not.toHaveProperty("counts");
  });
});

describe("access to views", () => {
  it("needs the permission that the contract declares", async () => {
    const headers = { authorization: "Bearer reader" };
    const { status, body } = await call([courses], "CourseViewService/DeleteCourse", { id: uuid }, headers);
    expect([status, JSON.stringify(body.details)]).toEqual([403, expect.stringContaining("PERMISSION_MISSING")]);
  });

  it("passes the caller on to services", async () => {
    let seen = "";
    const spy = fake(CourseService, {
      listCourses: (_request, context) => {
        seen = callerOf(context).displayName;
        return {};
      },
    });
    await call([spy], "CourseViewService/ListCourses", {});
    expect(seen).toBe("Ada");
  });
});

describe("errors of services", () => {
  it("reach the page with their reason, and without headers of the inner answer", async () => {
    const { status, body } = await call([courses], "CourseViewService/GetCourse", { id: uuid.replace("1", "2") });
    expect([status, body.code]).toEqual([404, "not_found"]);
    expect(JSON.stringify(body.details)).toContain("COURSE_NOT_FOUND");
  });

  it("name a field that is wrong", async () => {
    const versions = fake(CourseVersionService, {});
    const { status, body } = await call([versions], "CourseViewService/SetCurrentVersion", { versionId: "no uuid" });
    expect([status, JSON.stringify(body.details)]).toEqual([400, expect.stringContaining("FIELD_INVALID")]);
  });
});

describe("the overview", () => {
  const imports = fake(ImportService, {
    listImports: ({ states }) => ({
      imports: states.includes(ImportState.FAILED) ? [{ id: "i1", state: ImportState.FAILED, source: "bad.zip" }] : [],
    }),
  });

  it("names a part that could not be read and shows the others", async () => {
    const { body } = await call([courses, imports, noRegistrations], "OverviewViewService/GetOverview", {});
    expect(body).toMatchObject({
      courseCount: "7",
      unavailable: ["registrations"],
      attention: [{ kind: "import_failed", title: "bad.zip" }],
    });
  });

  it("shows registrations with course and version", async () => {
    const { body } = await call([courses, imports, registrations], "OverviewViewService/GetOverview", {});
    expect(body.recentRegistrations).toMatchObject([{ courseTitle: "Golf", versionNumber: 2, learnerName: "Lee" }]);
    expect(body.unavailable).toBeUndefined();
  });
});
