import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
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
import { courses } from "./course-fixtures.ts";
import { findRow, hasText, pageOf } from "./fixture-rows.ts";
import { fixtureId, minutesAgo } from "./ids.ts";
import { activitiesAfter, calls, launches } from "./journal-fixtures.ts";
import { apiKeys, learners, members } from "./people-fixtures.ts";
import { registrations } from "./registration-fixtures.ts";
import type { Scenario } from "./scenario.ts";

/** Registrations and people over the fixtures. Changes last until the page is loaded again. */
export function fakePeople(router: ConnectRouter, scenario: Scenario): void {
  const empty = scenario === "empty";
  router.service(RegistrationViewService, {
    listRegistrations(request) {
      const match = registrations.filter(
        (row) =>
          !empty &&
          hasText(`${row.learnerName} ${row.learnerEmail} ${row.learnerId}`, request.query) &&
          (!request.courseId || row.courseId === request.courseId) &&
          (!request.learnerId || row.learnerId === request.learnerId) &&
          (request.completions.length === 0 || request.completions.includes(row.completion)) &&
          (request.successes.length === 0 || request.successes.includes(row.success)) &&
          (request.launched === undefined || request.launched === row.activityTime > 0n),
      );
      const [rows, nextPageToken] = pageOf(match, Math.min(request.pageSize, 25), request.pageToken);
      return { registrations: rows, nextPageToken, total: BigInt(match.length) };
    },
    getRegistration(request) {
      const registration = findRow(registrations, request.id);
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
      const launched = findRow(registrations, request.registrationId).activityTime > 0n;
      const [rows, nextPageToken] = pageOf(launched ? calls : [], request.pageSize, request.pageToken);
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
        courseTitle: findRow(courses, request.courseId).title,
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
      const row = findRow(registrations, request.registrationId);
      row.instanceCount += 1;
      return { registration: row };
    },
    deleteRegistration(request) {
      registrations.splice(registrations.indexOf(findRow(registrations, request.id)), 1);
      return {};
    },
  });

  router.service(PeopleViewService, {
    listMembers: (request) => {
      const match = members.filter((row) => hasText(`${row.name} ${row.email}`, request.query));
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
      const member = findRow(members, request.id);
      if (request.role !== undefined) member.role = request.role;
      if (request.active !== undefined) member.active = request.active;
      return { member };
    },
    listLearners: (request) => {
      const match = empty ? [] : learners.filter((row) => hasText(`${row.name} ${row.email}`, request.query));
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
      apiKeys.splice(apiKeys.indexOf(findRow(apiKeys, request.id)), 1);
      return {};
    },
  });
}
