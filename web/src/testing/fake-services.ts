import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import {
  CourseViewService,
  ImportRowSchema,
  SettingRowSchema,
  StatusCountsSchema,
} from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import {
  ApiKeyRowSchema,
  MemberRowSchema,
  PeopleViewService,
} from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import {
  InstanceRowSchema,
  RegistrationRowSchema,
  RegistrationViewService,
} from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { courses, outlineJson, versionsOf } from "./course-fixtures.ts";
import { fixtureId, minutesAgo, NOW } from "./ids.ts";
import { endedImport, imports } from "./import-fixtures.ts";
import { activitiesAfter, calls, launches } from "./journal-fixtures.ts";
import { apiKeys, learners, members } from "./people-fixtures.ts";
import { registrations } from "./registration-fixtures.ts";
import type { Scenario } from "./scenario.ts";
import { settingsOf } from "./setting-fixtures.ts";

/** One thing by its id, or the error a service would give. */
function find<Row extends { id: string }>(rows: readonly Row[], id: string): Row {
  const row = rows.find((each) => each.id === id);
  if (!row) throw new ConnectError("no such object", Code.NotFound, { "x-request-id": "req_7Fq2mX" });
  return row;
}

/** Rows from a token that is a number, with the next token. */
function page<Row>(rows: readonly Row[], size: number, token: string): readonly [Row[], string] {
  const from = Number(token || 0);
  return [rows.slice(from, from + size), from + size < rows.length ? String(from + size) : ""];
}

const has = (text: string, query: string) => text.toLowerCase().includes(query.toLowerCase());

/** The view contracts over the fixtures. Changes last until the page is loaded again. */
export function fakeServices(router: ConnectRouter, scenario: Scenario): void {
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
          has(course.title, request.query) &&
          request.tags.every((tag) => course.tags.includes(tag)),
      );
      const sorted = request.order === "title" ? match.toSorted((a, b) => a.title.localeCompare(b.title)) : match;
      const [rows, nextPageToken] = page(sorted, request.pageSize, request.pageToken);
      return { courses: rows, nextPageToken, total: BigInt(match.length) };
    },
    getCourse(request) {
      const course = find(courses, request.id);
      return {
        course,
        etag: "e1",
        versions: versionsOf(course),
        outlineJson,
        description: "What everyone who handles personal data must know, with a test at the end.",
      };
    },
    updateCourse(request) {
      const course = find(courses, request.id);
      if (request.title !== undefined) course.title = request.title;
      if (request.tags) course.tags = request.tags.values;
      if (request.archived !== undefined) course.archived = request.archived;
      return { course, etag: "e2" };
    },
    deleteCourse(request) {
      courses.splice(courses.indexOf(find(courses, request.id)), 1);
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
    getImport: (request) => ({ import: find(imports, request.id) }),
    async *watchImport(request) {
      const started = find(imports, request.id);
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
      find(imports, request.id).state = "canceled";
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

  router.service(RegistrationViewService, {
    listRegistrations(request) {
      const match = registrations.filter(
        (row) =>
          !empty &&
          has(`${row.learnerName} ${row.learnerEmail} ${row.learnerId}`, request.query) &&
          (!request.courseId || row.courseId === request.courseId) &&
          (!request.learnerId || row.learnerId === request.learnerId) &&
          (request.completions.length === 0 || request.completions.includes(row.completion)) &&
          (request.successes.length === 0 || request.successes.includes(row.success)) &&
          (request.launched === undefined || request.launched === row.activityTime > 0n),
      );
      const [rows, nextPageToken] = page(match, Math.min(request.pageSize, 25), request.pageToken);
      return { registrations: rows, nextPageToken, total: BigInt(match.length) };
    },
    getRegistration(request) {
      const registration = find(registrations, request.id);
      const launched = registration.activityTime > 0n;
      const tries = Array.from({ length: registration.instanceCount }, (_, index) =>
        create(InstanceRowSchema, {
          id: fixtureId("f", index + 1),
          number: index + 1,
          versionNumber: 1,
          completion: "incomplete",
          success: "unknown",
        }),
      );
      return {
        registration,
        activities: activitiesAfter(launched ? calls.length : 0),
        launches: launched ? launches : [],
        instances: tries,
        instanceId: request.instanceId || (tries.at(-1)?.id ?? ""),
      };
    },
    listCalls(request) {
      const launched = find(registrations, request.registrationId).activityTime > 0n;
      const [rows, nextPageToken] = page(launched ? calls : [], request.pageSize, request.pageToken);
      return { calls: rows, nextPageToken, total: BigInt(launched ? calls.length : 0) };
    },
    getStateAt(request) {
      const count = calls.findIndex((call) => call.launchId === request.launchId && call.seq === request.seq) + 1;
      const activities = activitiesAfter(count);
      const score = activities.find((activity) => activity.score)?.score;
      return {
        activities,
        completion: "incomplete",
        success: score ? "passed" : "unknown",
        ...(score && { score }),
        totalSeconds: count * 4.1,
        differenceCount: 0,
      };
    },
    createRegistration(request) {
      const row = create(RegistrationRowSchema, {
        id: fixtureId("a", registrations.length + 1),
        learnerId: request.learnerId,
        learnerName: `${request.firstName} ${request.lastName}`.trim() || request.learnerId,
        learnerEmail: request.email,
        courseId: request.courseId,
        courseTitle: find(courses, request.courseId).title,
        versionNumber: 1,
        completion: "not_attempted",
        success: "unknown",
        createTime: minutesAgo(0),
        source: "Web",
        instanceCount: 1,
      });
      registrations.unshift(row);
      return { registration: row };
    },
    launchRegistration: (request) => ({ url: `https://play.example.org/l/8d5f1c#${request.mode}` }),
    resetRegistration(request) {
      const row = find(registrations, request.registrationId);
      row.instanceCount += 1;
      return { registration: row };
    },
    deleteRegistration(request) {
      registrations.splice(registrations.indexOf(find(registrations, request.id)), 1);
      return {};
    },
  });

  router.service(PeopleViewService, {
    listMembers: (request) => {
      const match = members.filter((row) => has(`${row.name} ${row.email}`, request.query));
      return { members: match, total: BigInt(match.length) };
    },
    createMember(request) {
      const member = create(MemberRowSchema, {
        id: fixtureId("1", members.length + 1),
        name: request.name,
        email: request.email,
        role: request.role,
        active: true,
        createTime: minutesAgo(0),
      });
      members.push(member);
      return { member };
    },
    updateMember(request) {
      const member = find(members, request.id);
      if (request.role !== undefined) member.role = request.role;
      if (request.active !== undefined) member.active = request.active;
      return { member };
    },
    listLearners: (request) => {
      const match = empty ? [] : learners.filter((row) => has(`${row.name} ${row.email}`, request.query));
      return { learners: match, total: BigInt(match.length) };
    },
    listApiKeys: () => ({ apiKeys: empty ? [] : apiKeys }),
    createApiKey(request) {
      const apiKey = create(ApiKeyRowSchema, {
        id: fixtureId("2", apiKeys.length + 1),
        name: request.name,
        scopes: request.scopes,
        expireTime: request.expireTime,
        createTime: minutesAgo(0),
      });
      apiKeys.unshift(apiKey);
      return { apiKey, secret: "cm_4pXk9vQ2mT7sWz1bR8nL" };
    },
    deleteApiKey(request) {
      apiKeys.splice(apiKeys.indexOf(find(apiKeys, request.id)), 1);
      return {};
    },
  });
}
