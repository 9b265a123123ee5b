import { randomUUID } from "node:crypto";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { present } from "@coursemesh/platform/testing/failure.ts";
import { createTestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { as, createTestMesh, personCaller } from "@coursemesh/platform/testing/test-mesh.ts";
import { CourseService, type PublishPackageRequestSchema } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseVersionService, Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { SettingService } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import { buildApp } from "../src/app.ts";
import { configSchema } from "../src/config.ts";
import { service } from "../src/service.ts";

export const owner = personCaller("00000000-0000-7000-8000-000000000001");
export const viewer = personCaller("00000000-0000-7000-8000-000000000001", "viewer");
export const stranger = personCaller("00000000-0000-7000-8000-000000000002");

/** A course service of its own, called as in production. */
export async function createCourseMesh() {
  const database = await createTestDatabase([{ service: "course", migrations: service.migrations }]);
  const mesh = await createTestMesh();
  await mesh.add((deps) => buildApp(readConfig(configSchema, { DATABASE_URL: database.urlOf("course") }), deps));
  const courses = mesh.clients.of(CourseService);

  /** Publishes a package; what the test does not care about is made up. */
  const publish = async (fields: MessageInitShape<typeof PublishPackageRequestSchema> = {}, caller = owner) => {
    const { course, courseVersion, courseCreated } = await as(caller, () =>
      courses.publishPackage({
        requestId: randomUUID(),
        packageId: randomUUID(),
        standard: Standard.SCORM_12,
        packageTitle: "Package",
        ...fields,
      }),
    );
    return { course: present(course), courseVersion: present(courseVersion), courseCreated };
  };

  return {
    courses,
    versions: mesh.clients.of(CourseVersionService),
    settings: mesh.clients.of(SettingService),
    bus: mesh.deps.bus,
    publish,
    async stop() {
      await mesh.stop();
      await database.drop();
    },
  };
}

export type CourseMesh = Awaited<ReturnType<typeof createCourseMesh>>;
