import { randomUUID } from "node:crypto";
import {
  create,
  type DescField,
  type DescMessage,
  type DescMethod,
  type DescService,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import { type CallOptions, type Client, Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { services } from "@coursemesh/mesh/services.ts";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import { accessOf } from "@coursemesh/platform/rpc/access.ts";
import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { BulkOperationService } from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import { DeploymentService } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { ExternalSessionService } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { LicenceService } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { ReportLinkService } from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";
import { SigningKeyService } from "@coursemesh/proto/coursemesh/dispatch/v1/signing_key_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { MemberService } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dispatchCourse, downloadPackage, openExchange } from "../product/dispatched-course.ts";
import { makeKey, secondOwner } from "../product/organization-keys.ts";
import { restClient } from "../product/rest-client.ts";
import { type Product, startProduct } from "../product/start-product.ts";

let product: Product;
let first: Record<string, string>;
let strangers: string;

const transportAs = (authorization: string): Transport =>
  createConnectTransport({
    baseUrl: product.grpcUrl,
    httpVersion: "2",
    interceptors: [
      (next) => (request) => {
        request.header.set("authorization", authorization);
        return next(request);
      },
    ],
  });

beforeAll(async () => {
  product = await startProduct();
  first = await furnish();
  strangers = await makeKey(product, await secondOwner(product), ALL_PERMISSIONS);
});
afterAll(() => product.remove());

it("lets a stranger's key see, change or launch nothing by any RPC", async () => {
  const transport = transportAs(strangers);
  const leaks: string[] = [];
  let walked = 0;
  for (const service of services.flatMap((module) => module.contract)) {
    const client = createClient(service, transport) as unknown as Record<string, AnyCall>;
    for (const method of service.methods) {
      for (const request of requestsFor(service, method)) {
        walked += 1;
        const answer = await answerOf(client, method, request);
        const found = Object.entries(first).filter(([, id]) => answer.includes(id));
        if (found.length > 0)
          leaks.push(`${service.typeName}/${method.name}: ${found.map(([name]) => name).join(", ")}`);
      }
    }
  }
  expect(leaks).toEqual([]);
  expect(walked).toBeGreaterThan(200);
}, 120_000);

it("refuses every RPC without credentials, but those that say anyone", async () => {
  const transport = transportAs("");
  for (const service of services.flatMap((module) => module.contract)) {
    const client = createClient(service, transport) as unknown as Record<string, AnyCall>;
    for (const method of service.methods) {
      if (accessOf(method).case === "anyone") continue;
      const [request] = requestsFor(service, method);
      expect(await codeOf(client, method, request), `${service.typeName}/${method.name}`).toBe(Code.Unauthenticated);
    }
  }
}, 120_000);

it("lets a stranger's key see, change or launch nothing by REST", async () => {
  const rest = restClient(product, strangers);
  const { course, registration, importJob } = {
    course: "course-of-first",
    registration: "registration-of-first",
    importJob: first.import,
  };
  const routes: [string, string, unknown?][] = [
    ["GET", "/courses"],
    ["GET", `/courses/${course}`],
    ["GET", `/courses/${course}/versions`],
    ["DELETE", `/courses/${course}`],
    ["GET", `/courses/importJobs/${importJob}`],
    ["GET", "/registrations"],
    ["GET", `/registrations/${registration}`],
    ["HEAD", `/registrations/${registration}`],
    ["DELETE", `/registrations/${registration}`],
    ["POST", `/registrations/${registration}/launchLink`, { expiry: 60 }],
    ["POST", "/registrations", { courseId: course, registrationId: "guess", learner: { id: "x" } }],
  ];
  for (const [method, path, body] of routes) {
    const response = await rest.request(method, path, body);
    const text = await response.text();
    for (const [name, id] of Object.entries(first))
      expect(text.includes(id), `${method} ${path} shows ${name}`).toBe(false);
    if (!["/courses", "/registrations"].includes(path) || method === "POST")
      expect([404, 204, 400], `${method} ${path}`).toContain(response.status);
  }
});

it("leaves everything of the first organization as it was", async () => {
  expect(await inventory()).toEqual(first);
});

type AnyCall = (request: unknown, options?: CallOptions) => unknown;

/** How long a stream is listened to: some end only when their caller goes. */
const STREAM_MS = 1_000;

/** An organization with one of everything; names of things by what the contracts call them. */
async function furnish(): Promise<Record<string, string>> {
  const rest = restClient(product);
  await rest.importCourse("course-of-first", await buildQuizPackage());
  await rest.register("course-of-first", "registration-of-first");
  await rest.launchLink("registration-of-first");
  await dispatchTo("course-of-first");
  return inventory();
}

/** Everything that a course given to a customer brings along, with a learner in it. */
async function dispatchTo(courseExternalId: string): Promise<void> {
  const of = clientsAs(product.authorization);
  const { course } = await of(CourseService).getCourse({ by: { case: "externalId", value: courseExternalId } });
  const wishes = { externalId: "dispatch-of-first", shareAnalytics: true, terms: { seatLimit: 5 } };
  const { id } = await dispatchCourse(product, course?.id ?? "", wishes);
  await openExchange(product, await downloadPackage(product, id), "learner-of-first");
  const action = { action: { case: "resetUsage" as const, value: {} } };
  await of(BulkOperationService).createBulkOperation({
    requestId: randomUUID(),
    selection: { dispatchIds: [id] },
    action,
  });
  await of(ReportLinkService).createReportLink({ requestId: randomUUID(), of: { case: "dispatchId", value: id } });
}

function clientsAs(authorization: string): <Service extends DescService>(service: Service) => Client<Service> {
  const transport = transportAs(authorization);
  return (service) => createClient(service, transport);
}

async function inventory(): Promise<Record<string, string>> {
  const of = clientsAs(product.authorization);
  const { course } = await of(CourseService).getCourse({ by: { case: "externalId", value: "course-of-first" } });
  const { registration } = await of(RegistrationService).getRegistration({
    by: { case: "externalId", value: "registration-of-first" },
  });
  const { launches } = await of(LaunchService).listLaunches({ registrationId: registration?.id ?? "" });
  const { imports } = await of(ImportService).listImports({});
  const { members } = await of(MemberService).listMembers({});
  const { caller } = await of(SessionService).getSession({});
  const { dispatch } = await of(DispatchService).getDispatch({
    by: { case: "externalId", value: "dispatch-of-first" },
  });
  const dispatchId = dispatch?.id ?? "";
  const { packages } = await of(PackageService).listPackages({ dispatchId });
  const { signingKeys } = await of(SigningKeyService).listSigningKeys({});
  const { deployments } = await of(DeploymentService).listDeployments({ dispatchId });
  const { externalSessions } = await of(ExternalSessionService).listExternalSessions({ dispatchId });
  const { seats } = await of(LicenceService).listSeats({ dispatchId });
  const { bulkOperations } = await of(BulkOperationService).listBulkOperations({});
  const { reportLinks } = await of(ReportLinkService).listReportLinks({});
  const ids = {
    organization: caller?.organizationId,
    member: members[0]?.id,
    course: course?.id,
    course_version: course?.currentVersion?.id,
    package: course?.currentVersion?.packageId,
    import: imports[0]?.id,
    registration: registration?.id,
    instance: registration?.instance?.id,
    learner: registration?.learner?.id,
    launch: launches[0]?.id,
    destination: dispatch?.destinationId,
    dispatch: dispatchId,
    dispatch_package: packages[0]?.id,
    signing_key: signingKeys[0]?.id,
    deployment: deployments[0]?.id,
    external_session: externalSessions[0]?.id,
    seat: seats[0]?.id,
    bulk_operation: bulkOperations[0]?.id,
    report_link: reportLinks[0]?.id,
  };
  for (const [name, id] of Object.entries(ids)) expect(id, name).toBeTruthy();
  return ids as Record<string, string>;
}

/** Requests that aim at the first organization: every id field filled with what its name, or the service's noun, says; oneofs one by one. */
function requestsFor(service: DescService, method: DescMethod): Message[] {
  const noun = service.name
    .replace(/Service$/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, "_")
    .toLowerCase();
  const choices = method.input.oneofs.flatMap((oneof) => oneof.fields);
  const variants = choices.length > 0 ? choices : [undefined];
  const names = service.typeName.startsWith("coursemesh.dispatch.")
    ? { ...first, package: first.dispatch_package }
    : first;
  return variants.map((choice) => fill(method.input, { noun, names }, choice));
}

/** What ids mean in a service: the noun it is about, and ids by the names of others. */
interface Aim {
  readonly noun: string;
  readonly names: Readonly<Record<string, string | undefined>>;
}

function fill(message: DescMessage, aim: Aim, choice: DescField | undefined, depth = 0): Message {
  const init: Record<string, unknown> = {};
  for (const field of message.fields) {
    if (field.oneof && field !== choice && choice !== undefined && depth === 0) continue;
    const value = valueFor(field, aim, depth);
    if (value === undefined) continue;
    if (field.oneof) init[field.oneof.localName] = { case: field.localName, value };
    else init[field.localName] = field.fieldKind === "list" ? [value] : value;
  }
  return create(message, init as never);
}

function valueFor(field: DescField, aim: Aim, depth: number): unknown {
  const { noun, names } = aim;
  if (field.fieldKind === "message" && field.message.typeName.startsWith("coursemesh.") && depth < 2)
    return fill(field.message, aim, undefined, depth + 1);
  const isText =
    (field.fieldKind === "scalar" && field.scalar === 9) ||
    (field.fieldKind === "list" && field.listKind === "scalar" && field.scalar === 9);
  if (!isText) return undefined;
  if (field.name === "request_id") return randomUUID();
  if (field.name === "id" || field.name === "ids") return names[noun] ?? names.course;
  if (field.name === "external_id") return `${["registration", "dispatch"].includes(noun) ? noun : "course"}-of-first`;
  const named = /^(.+?)_ids?$/.exec(field.name)?.[1];
  return named === undefined ? undefined : names[named];
}

async function answerOf(client: Record<string, AnyCall>, method: DescMethod, request: Message): Promise<string> {
  let text = "";
  try {
    const options = isServerStream(method) ? { timeoutMs: STREAM_MS } : {};
    const answer = client[method.localName]?.(isClientStream(method) ? once(request) : request, options);
    if (!isServerStream(method)) return textOf(method.output, (await answer) as Message);
    for await (const message of answer as AsyncIterable<Message>) text += textOf(method.output, message);
  } catch (error) {
    // What the stranger sent may come back in an error's metadata; it knows that already.
    expect(ConnectError.from(error).code, `${method.parent.typeName}/${method.name}: ${String(error)}`).not.toBe(
      Code.Internal,
    );
  }
  return text;
}

async function codeOf(
  client: Record<string, AnyCall>,
  method: DescMethod,
  request: Message | undefined,
): Promise<Code | undefined> {
  try {
    const answer = client[method.localName]?.(isClientStream(method) ? once(request) : request);
    if (isServerStream(method)) for await (const _ of answer as AsyncIterable<unknown>) break;
    else await answer;
    return undefined;
  } catch (error) {
    return ConnectError.from(error).code;
  }
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

const isServerStream = (method: DescMethod): boolean =>
  method.methodKind === "server_streaming" || method.methodKind === "bidi_streaming";
const isClientStream = (method: DescMethod): boolean =>
  method.methodKind === "client_streaming" || method.methodKind === "bidi_streaming";

function textOf(output: DescMessage, message: Message): string {
  return JSON.stringify(toJson(output, message as never) as JsonValue);
}
