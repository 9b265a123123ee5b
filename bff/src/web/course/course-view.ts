import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { ImportService, ImportState } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { CourseOrder, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { SettingLevel, SettingService } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { RegistrationSummarySchema } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import type { ViewDeps } from "../view-deps.ts";
import { countsOfCourses } from "./course-counts.ts";
import { coursePage } from "./course-page.ts";
import { toCourseRow, toVersionRow } from "./course-row.mapper.ts";
import { toImportRow } from "./import-row.mapper.ts";
import { toSettingRow } from "./setting-row.mapper.ts";

const ORDERS: Readonly<Record<string, CourseOrder>> = {
  title: CourseOrder.TITLE_ASC,
  created: CourseOrder.CREATE_TIME_DESC,
  updated: CourseOrder.UPDATE_TIME_DESC,
};
const RUNNING = [ImportState.QUEUED, ImportState.FETCHING, ImportState.READING, ImportState.PUBLISHING];
const nobody = create(RegistrationSummarySchema);

/** Course pages. */
export function courseView(deps: ViewDeps): ServiceImpl<typeof CourseViewService> {
  const { clients, logger } = deps;
  const courses = clients.of(CourseService);
  const versions = clients.of(CourseVersionService);
  const settings = clients.of(SettingService);
  const imports = clients.of(ImportService);

  return {
    async listCourses({ query, tags, archived, order, pageSize, pageToken }) {
      const { courses: found, page } = await courses.listCourses({
        page: { pageSize, pageToken, withTotal: true },
        query,
        tags,
        ...(archived !== undefined && { archived }),
        order: ORDERS[order] ?? CourseOrder.UPDATE_TIME_DESC,
      });
      const ids = found.map((course) => course.id);
      const counts = await optionalPart("registrations", countsOfCourses(clients, ids), logger);
      return {
        courses: found.map((course) => toCourseRow(course, counts && (counts.get(course.id) ?? nobody))),
        nextPageToken: page?.nextPageToken ?? "",
        total: page?.total ?? 0n,
      };
    },

    getCourse: ({ id }) => coursePage(deps, id),

    async updateCourse({ id, etag, title, description, tags, archived }) {
      const changes = {
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
        ...(tags !== undefined && { tags: tags.values }),
        ...(archived !== undefined && { archived }),
      };
      const { course } = await courses.updateCourse({
        course: { id, etag, ...changes },
        updateMask: { paths: Object.keys(changes) },
      });
      return course ? { course: toCourseRow(course, undefined), etag: course.etag } : {};
    },

    async deleteCourse({ id }) {
      await courses.deleteCourse({ id });
      return {};
    },

    async setCurrentVersion({ versionId }) {
      const { courseVersion } = await versions.setCurrentCourseVersion({ id: versionId });
      return courseVersion ? { version: toVersionRow(courseVersion, 0n) } : {};
    },

    async listSettings({ courseId }) {
      const answer = await settings.listEffectiveSettings({ courseId });
      return { settings: answer.settings.map(toSettingRow) };
    },

    async updateSettings({ courseId, values, resets }) {
      const level = courseId === "" ? SettingLevel.ORGANIZATION : SettingLevel.COURSE;
      const answer = await settings.updateSettings({ scope: { level, id: courseId }, values, resets, courseId });
      return { settings: answer.settings.map(toSettingRow) };
    },

    async previewCourse({ versionId, returnUrl }) {
      const { url } = await clients.of(LaunchService).createPreviewLaunch({ courseVersionId: versionId, returnUrl });
      return { url };
    },

    async importFromUrl({ url, courseId, title }) {
      const answer = await imports.createImport({
        requestId: uuidV7(),
        source: { case: "fetchUrl", value: url },
        courseId,
        mayAddVersion: courseId !== "",
        title,
      });
      return answer.import ? { import: toImportRow(answer.import) } : {};
    },

    async getImport({ id }) {
      const answer = await imports.getImport({ id });
      return answer.import ? { import: toImportRow(answer.import) } : {};
    },

    async *watchImport({ id }, { signal }) {
      for await (const answer of imports.watchImport({ id }, { signal }))
        if (answer.import) yield { import: toImportRow(answer.import) };
    },

    async listImports({ courseId, runningOnly, pageSize, pageToken }) {
      const answer = await imports.listImports({
        page: { pageSize, pageToken },
        courseId,
        states: runningOnly ? RUNNING : [],
      });
      return { imports: answer.imports.map(toImportRow), nextPageToken: answer.page?.nextPageToken ?? "" };
    },

    async cancelImport({ id }) {
      await imports.cancelImport({ id });
      return {};
    },
  };
}
