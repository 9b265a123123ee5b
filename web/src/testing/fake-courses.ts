import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import {
  CourseViewService,
  ImportRowSchema,
  SettingRowSchema,
  StatusCountsSchema,
} from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { courses, outlineJson, versionsOf } from "./course-fixtures.ts";
import { findRow, hasText, pageOf } from "./fixture-rows.ts";
import { fixtureId, minutesAgo, NOW } from "./ids.ts";
import { endedImport, imports } from "./import-fixtures.ts";
import { registrations } from "./registration-fixtures.ts";
import type { Scenario } from "./scenario.ts";
import { settingsOf } from "./setting-fixtures.ts";

/** Courses and overview over the fixtures. Changes last until the page is loaded again. */
export function fakeCourses(router: ConnectRouter, scenario: Scenario): void {
  const empty = scenario === "empty";
  const settings = new Map<string, ReturnType<typeof settingsOf>>();
  const settingsFor = (id: string) => {
    if (!settings.has(id)) settings.set(id, settingsOf(id));
    return settings.get(id) ?? [];
  };

  router.service(CourseViewService, {
    listCourses(request) {
      const match = courses.filter(
        (course) =>
          !empty &&
          course.archived === (request.archived ?? false) &&
          hasText(course.title, request.query) &&
          request.tags.every((tag) => course.tags.includes(tag)),
      );
      const sorted = request.order === "title" ? match.toSorted((a, b) => a.title.localeCompare(b.title)) : match;
      const [rows, nextPageToken] = pageOf(sorted, request.pageSize, request.pageToken);
      return { courses: rows, nextPageToken, total: BigInt(match.length) };
    },
    getCourse(request) {
      const course = findRow(courses, request.id);
      return {
        course,
        etag: "e1",
        versions: versionsOf(course),
        outlineJson,
        description: "What everyone who handles personal data must know, with a test at the end.",
      };
    },
    updateCourse(request) {
      const course = findRow(courses, request.id);
      if (request.title !== undefined) course.title = request.title;
      if (request.tags) course.tags = request.tags.values;
      if (request.archived !== undefined) course.archived = request.archived;
      return { course, etag: "e2" };
    },
    deleteCourse(request) {
      courses.splice(courses.indexOf(findRow(courses, request.id)), 1);
      return {};
    },
    setCurrentVersion: () => ({}),
    listSettings: (request) => ({ settings: settingsFor(request.courseId) }),
    updateSettings(request) {
      const here = request.courseId === "" ? "organization" : "course";
      const changed = settingsFor(request.courseId).map((setting) => {
        const value = request.values[setting.id];
        if (value !== undefined)
          return create(SettingRowSchema, { ...setting, value, source: here, explicitValue: value });
        if (!request.resets.includes(setting.id)) return setting;
        const { explicitValue: _, $typeName: __, ...rest } = setting;
        return create(SettingRowSchema, { ...rest, value: setting.defaultValue, source: "default" });
      });
      settings.set(request.courseId, changed);
      return { settings: changed };
    },
    previewCourse: () => ({ url: "about:blank#preview" }),
    importFromUrl(request) {
      const row = create(ImportRowSchema, {
        id: fixtureId("e", imports.length + 1),
        state: "fetching",
        source: request.url,
        createTime: minutesAgo(0),
      });
      imports.unshift(row);
      return { import: row };
    },
    getImport: (request) => ({ import: findRow(imports, request.id) }),
    async *watchImport(request) {
      const started = findRow(imports, request.id);
      yield { import: started };
      if (started.source === "working-at-height.zip") return;
      for (const state of ["fetching", "reading", "publishing"]) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        yield { import: create(ImportRowSchema, { ...started, state, filesDone: state === "publishing" ? 200 : 40 }) };
      }
      const ended = endedImport(started);
      imports.splice(imports.indexOf(started), 1, ended);
      yield { import: ended };
    },
    listImports: (request) => ({
      imports: empty
        ? []
        : imports.filter((row) => !request.runningOnly || !["complete", "failed", "canceled"].includes(row.state)),
    }),
    cancelImport(request) {
      findRow(imports, request.id).state = "canceled";
      return {};
    },
  });

  router.service(OverviewViewService, {
    getOverview() {
      if (empty) return { asOf: BigInt(NOW), counts: create(StatusCountsSchema) };
      return {
        attention: [
          {
            kind: "import_failed",
            title: "forklift_final_v2(1).zip cannot be played",
            id: fixtureId("e", 2),
            time: minutesAgo(68),
          },
        ],
        counts: create(StatusCountsSchema, {
          registrations: 2702n,
          notLaunched: 361n,
          incomplete: 642n,
          complete: 1640n,
          passed: 1204n,
          failed: 132n,
          completeWithoutVerdict: 304n,
          incompleteWithoutVerdict: 701n,
          sessionsOpen: 6n,
          launches30d: 1893n,
        }),
        courseCount: 11n,
        recentImports: imports,
        recentRegistrations: registrations.slice(0, 6),
        unavailable: scenario === "partial" ? ["imports"] : [],
        asOf: BigInt(NOW),
      };
    },
  });
}
