import { randomUUID } from "node:crypto";
import type { DescMethod } from "@bufbuild/protobuf";
import { dispatchApiRoutes } from "@coursemesh/bff/api-v1/dispatch-api-routes.ts";
import { apiRoutes } from "@coursemesh/bff/api-v2/api-routes.ts";
import { uploadRoutes } from "@coursemesh/bff/uploads/upload-routes.ts";
import { viewServices } from "@coursemesh/bff/web/rpc-routes.ts";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { PipeService } from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import { RetentionRuleService } from "@coursemesh/proto/coursemesh/lrs/v1/retention_rule_pb.ts";
import { StatementService, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { MemberService } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeKey, secondOwner } from "../../product/organization-keys.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

const COURSE = "course-of-first";
const REGISTRATION = "registration-of-first";

const STATEMENT = {
  id: randomUUID(),
  actor: { mbox: "mailto:first@example.com" },
  verb: { id: "http://adlnet.gov/expapi/verbs/passed" },
  object: { id: "https://example.com/first" },
};

let product: Product;
/** Ids of everything the first organization has. */
let first: readonly string[];
let stranger: string;

beforeAll(async () => {
  product = await startProduct({ env: { EGRESS_ALLOW: "127.0.0.1" } });
  const rest = restClient(product);
  await rest.importCourse(COURSE, await buildQuizPackage());
  await rest.register(COURSE, REGISTRATION);
  await rest.launchLink(REGISTRATION);
  const requestId = randomUUID();
  const pipe = { name: "first", targetUrl: `${product.url}/xapi` };
  await rpcClient(product, PipeService).createPipe({ requestId, pipe });
  const retentionRule = { name: "first", keepDays: 1 };
  await rpcClient(product, RetentionRuleService).createRetentionRule({ requestId, retentionRule });
  await rest.request("PUT", "/dispatch/destinations/harbour", { name: "Harbour" });
  await rest.request("POST", "/dispatch/dispatches", {
    dispatches: [{ id: "first", data: { courseId: COURSE, destinationId: "harbour" } }],
  });
  first = await idsOfFirst();
  stranger = await makeKey(product, await secondOwner(product), ALL_PERMISSIONS);
});
afterAll(() => product.remove());

async function idsOfFirst(): Promise<readonly string[]> {
  const { ids: statements } = await rpcClient(product, StatementService).storeStatements({
    statements: [{ json: Buffer.from(JSON.stringify(STATEMENT)) }],
    version: XapiVersion.V2_0_0,
  });
  const { pipes } = await rpcClient(product, PipeService).listPipes({});
  const { retentionRules } = await rpcClient(product, RetentionRuleService).listRetentionRules({});
  const { upload } = await rpcClient(product, UploadService).createUpload({
    requestId: randomUUID(),
    filename: "a.zip",
  });
  const { course } = await rpcClient(product, CourseService).getCourse({ by: { case: "externalId", value: COURSE } });
  const { registration } = await rpcClient(product, RegistrationService).getRegistration({
    by: { case: "externalId", value: REGISTRATION },
  });
  const registrationId = registration?.id ?? "";
  const { launches } = await rpcClient(product, LaunchService).listLaunches({ registrationId });
  const { imports } = await rpcClient(product, ImportService).listImports({});
  const { destinations } = await rpcClient(product, DestinationService).listDestinations({});
  const { dispatches } = await rpcClient(product, DispatchService).listDispatches({});
  const { members } = await rpcClient(product, MemberService).listMembers({});
  return [
    course?.id,
    course?.currentVersion?.id,
    registrationId,
    registration?.instance?.id,
    upload?.id,
    ...statements,
    ...[...launches, ...imports, ...members, ...pipes, ...retentionRules, ...destinations, ...dispatches].map(
      (it) => it.id,
    ),
  ].map((id) => id ?? "missing");
}

const isId = (name: string): boolean => name === "id" || name.endsWith("_id");

/** A request of a method with every id field that may name a thing filled with one id. */
function requestWith(method: DescMethod, id: string): Record<string, unknown> {
  const ids = method.input.fields.filter((field) => isId(field.name) && field.name !== "request_id");
  return Object.fromEntries(ids.map((field) => [field.jsonName, id]));
}

it("a stranger's key sees and changes nothing of the first organization by any view", async () => {
  const leaks: string[] = [];
  let walked = 0;
  for (const service of viewServices) {
    for (const method of service.methods.filter((it) => it.methodKind === "unary")) {
      for (const id of first) {
        walked += 1;
        const response = await fetch(`${product.url}/rpc/${service.typeName}/${method.name}`, {
          method: "POST",
          headers: { authorization: stranger, "content-type": "application/json" },
          body: JSON.stringify(requestWith(method, id)),
        });
        const text = await response.text();
        // A refusal repeats the id it was asked for, nothing else.
        const shown = first.filter((it) => text.includes(it) && (response.ok || it !== id));
        if (shown.length > 0) leaks.push(`${method.name} with ${id}: ${response.status} ${text}`);
      }
    }
  }
  expect(leaks).toEqual([]);
  expect(walked).toBeGreaterThan(200);
});

/** Something for every route that reads a body. */
const TAKEN_OVER = {
  ...{ title: "taken over", name: "taken over", enabled: true, tags: [], status: "suspended", format: "scorm12" },
  learner: { id: "stranger" },
};
/** Routes that answer the same whether a thing is there or not: one makes what is absent, in the caller's own organization; for the other absent is done. */
const ANSWERED_ALIKE = new Set([
  "PUT /api/v2/dispatch/destinations/:destinationId",
  "DELETE /api/v1/dispatch/packages/:id",
]);

it("a stranger's key reaches nothing of the first organization by any route with an id in it", async () => {
  const clients = { of: () => ({}) } as unknown as Parameters<typeof uploadRoutes>[0];
  const routes = [
    ...apiRoutes({ clients } as Parameters<typeof apiRoutes>[0]).map((it) => ({ ...it, url: `/api/v2${it.path}` })),
    ...dispatchApiRoutes(clients as never).map((it) => ({ ...it, url: `/api/v1${it.path}` })),
    ...uploadRoutes(clients).map((it) => ({ ...it, url: `/web${it.path}` })),
  ].filter((route) => route.url.includes(":") && !ANSWERED_ALIKE.has(`${route.method} ${route.url}`));
  const reached: string[] = [];
  for (const { method, url } of routes) {
    const names = url.startsWith("/api/v2/") ? [...first, COURSE, REGISTRATION] : first;
    for (const id of names) {
      const path = url.replace(":versionId", "1").replace(/:\w+/g, id);
      const hasBody = !["GET", "HEAD"].includes(method);
      const response = await fetch(`${product.url}${path}?offset=0`, {
        method,
        headers: { authorization: stranger, ...(hasBody && { "content-type": "application/json" }) },
        ...(hasBody && { body: JSON.stringify(TAKEN_OVER) }),
      });
      if (response.status !== 404) reached.push(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
  }
  expect(reached).toEqual([]);
});

it("everything of the first organization is as it was", async () => {
  const rest = restClient(product);
  expect((await rest.request("GET", `/courses/${COURSE}`)).status).toBe(200);
  expect((await rest.request("GET", `/registrations/${REGISTRATION}`)).status).toBe(200);
  expect((await idsOfFirst()).length).toBe(first.length);
});
