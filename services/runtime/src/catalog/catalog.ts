import { Code, ConnectError } from "@connectrpc/connect";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { type Course, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { type CourseVersion, CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { SettingService } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import { OrganizationService } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { LRUCache } from "lru-cache";
import { courseNotFound } from "../errors.ts";

/** A package's outline, as text and read. */
export interface PackageOutline {
  readonly json: string;
  readonly outline: CourseOutline;
}

/** What other services know of courses. Asked as the runtime itself: a caller who may launch need not be one who may read courses. */
export interface Catalog {
  /** By id or external id. @throws COURSE_NOT_FOUND */
  course(organizationId: string, course: string): Promise<Course>;
  /** @throws COURSE_NOT_FOUND */
  courseVersion(organizationId: string, id: string): Promise<CourseVersion>;
  /** Remembered, because a package never changes. @throws COURSE_NOT_FOUND */
  outline(organizationId: string, packageId: string): Promise<PackageOutline>;
  /** Settings in force, by id. */
  settings(organizationId: string, of: SettingsOf): Promise<Readonly<Record<string, string>>>;
  /** Empty when it cannot be found: no learner is kept from a course for it. */
  organizationName(organizationId: string): Promise<string>;
}

/** Whose settings are asked for. */
export interface SettingsOf {
  readonly courseId: string;
  readonly courseVersionId: string;
  readonly registrationId?: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function catalogOver(clients: Clients): Catalog {
  const outlines = new LRUCache<string, PackageOutline>({ max: 2_000 });
  const callers = new LRUCache<string, Caller>({ max: 1_000 });
  const inOrganization = <T>(organizationId: string, work: () => Promise<T>): Promise<T> => {
    const caller = callers.get(organizationId) ?? serviceCaller("runtime", organizationId);
    callers.set(organizationId, caller);
    return runAs(caller, work);
  };

  const findCourse = async (by: { case: "id" | "externalId"; value: string }): Promise<Course | undefined> => {
    const { course } = await clients.of(CourseService).getCourse({ by });
    return course;
  };

  return {
    course: (organizationId, id) =>
      inOrganization(organizationId, async () => {
        const byId = uuid.test(id) ? await orAbsent(findCourse({ case: "id", value: id })) : undefined;
        const course = byId ?? (await orAbsent(findCourse({ case: "externalId", value: id })));
        if (course === undefined) throw courseNotFound({ id });
        return course;
      }),
    courseVersion: (organizationId, id) =>
      inOrganization(organizationId, async () => {
        const found = await orAbsent(clients.of(CourseVersionService).getCourseVersion({ id }));
        if (found?.courseVersion === undefined) throw courseNotFound({ id });
        return found.courseVersion;
      }),
    async outline(organizationId, packageId) {
      const key = `${organizationId}/${packageId}`;
      const known = outlines.get(key);
      if (known) return known;
      const found = await inOrganization(organizationId, () =>
        orAbsent(clients.of(PackageService).getPackage({ id: packageId })),
      );
      if (found?.package === undefined) throw courseNotFound({ id: packageId });
      const { outlineJson } = found.package;
      const read = { json: outlineJson, outline: JSON.parse(outlineJson) as CourseOutline };
      outlines.set(key, read);
      return read;
    },
    settings: (organizationId, of) =>
      inOrganization(organizationId, async () => {
        const { settings } = await clients.of(SettingService).listEffectiveSettings(of);
        return Object.fromEntries(settings.map((setting) => [setting.definition?.id ?? "", setting.value]));
      }),
    organizationName: (organizationId) =>
      inOrganization(organizationId, async () => {
        try {
          const { organization } = await clients.of(OrganizationService).getOrganization({ id: organizationId });
          return organization?.name ?? "";
        } catch {
          return "";
        }
      }),
  };
}

async function orAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (ConnectError.from(error).code === Code.NotFound) return undefined;
    throw error;
  }
}
