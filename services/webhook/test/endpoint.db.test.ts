import { randomUUID } from "node:crypto";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as, personCaller } from "@coursemesh/platform/testing/test-mesh.ts";
import { AttemptOutcome, DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import {
  EndpointService,
  EndpointStatus,
  PostbackAuth,
  PostbackResults,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { ReplayScope, ReplayState } from "@coursemesh/proto/coursemesh/webhook/v1/replay_pb.ts";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { answer, isSignedWith, type Receiver, startReceiver } from "./receiver.ts";
import {
  callsOf,
  completed,
  owner,
  progressed,
  startWebhook,
  stranger,
  type WebhookHarness,
} from "./webhook-harness.ts";

const SLOW = { timeout: 10_000, interval: 20 };
const MASK = "••••••••";

let harness: WebhookHarness;
let receiver: Receiver;
let calls: ReturnType<typeof callsOf>;

beforeAll(async () => {
  harness = await startWebhook({ env: { ENDPOINT_LIMIT: "3" } });
  calls = callsOf(harness);
});
afterAll(() => harness.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  receiver.stop();
  await harness.sql("delete from endpoint");
});

const make = async (endpoint: object = {}, secret = "") => {
  const made = await calls.endpoints.createEndpoint({
    requestId: randomUUID(),
    endpoint: { url: receiver.url, filter: { types: ["registration.*"] }, ...endpoint },
    secret,
  });
  return { ...present(made.endpoint), secret: made.secret };
};

it("makes an endpoint once for a request and shows its secret once, which is nowhere in the open", async () => {
  const request = {
    requestId: randomUUID(),
    endpoint: { url: receiver.url, name: "CRM", headers: { "X-Api-Key": "s3cret-value" } },
  };
  const { endpoint, secret } = await calls.endpoints.createEndpoint(request);
  expect(secret).toMatch(/^whsec_/);
  expect(endpoint).toMatchObject({ name: "CRM", status: EndpointStatus.ACTIVE, headers: { "X-Api-Key": MASK } });
  const again = await calls.endpoints.createEndpoint(request);
  expect([again.endpoint?.id, again.secret]).toEqual([endpoint?.id, ""]);
  const other = { ...request, endpoint: { ...request.endpoint, name: "other" } };
  expect((await failure(calls.endpoints.createEndpoint(other))).reason).toBe("REQUEST_ID_REUSED");
  const rows = await harness.sql("select p.*, s.*, e.data from endpoint p, secret s, event e");
  const texts = JSON.stringify(rows);
  expect([texts.includes(secret), texts.includes(secret.slice(6)), texts.includes("s3cret-value")]).toEqual([
    false,
    false,
    false,
  ]);
});

it.each([
  "http://93.184.216.34/",
  "https://10.0.0.1/",
  "https://[::1]/",
  "https://169.254.169.254/latest",
  "https://user:pw@example.org/",
  "ftp://example.org/",
  // 127.0.0.2, in one number; the harness allows 127.0.0.1 alone.
  "https://2130706434/",
])("refuses %s", async (url) => {
  const made = calls.endpoints.createEndpoint({ requestId: randomUUID(), endpoint: { url } });
  expect((await failure(made)).reason).toBe("ADDRESS_REFUSED");
});

it("refuses what cannot be: filters, secrets, header fields, too many", async () => {
  const reasonOf = async (endpoint: object, secret = "") => (await failure(make(endpoint, secret))).reason;
  expect(await reasonOf({ filter: { types: ["course.exploded"] } })).toBe("FILTER_INVALID");
  expect(await reasonOf({ kind: { case: "postback", value: {} }, filter: { types: ["course.*"] } })).toBe(
    "FILTER_INVALID",
  );
  expect(await reasonOf({}, "whsec_c2hvcnQ=")).toBe("SECRET_INVALID");
  expect(await reasonOf({ headers: { "webhook-id": "x" } })).toBe("FIELD_INVALID");
  expect(await reasonOf({ headers: { "x-a": "a\r\nb: c" } })).toBe("FIELD_INVALID");
  for (let count = 0; count < 3; count += 1) await make();
  expect(await reasonOf({})).toBe("ENDPOINT_LIMIT_REACHED");
});

it("changes only what is named, keeps masked values, and refuses an old etag", async () => {
  const { id, etag } = await make({
    name: "one",
    headers: { "x-a": "1", "x-b": "2" },
    policy: { maxAttempts: 4, timeoutMs: 900 },
  });
  const change = { id, etag, name: "two", headers: { "x-a": MASK, "x-c": "3" }, policy: { maxAttempts: 9 } };
  const { endpoint } = await calls.endpoints.updateEndpoint({
    endpoint: change,
    updateMask: { paths: ["headers", "policy.max_attempts"] },
  });
  expect(endpoint).toMatchObject({
    name: "one",
    headers: { "x-a": MASK, "x-c": MASK },
    policy: { maxAttempts: 9, timeoutMs: 900 },
  });
  expect(
    (await failure(calls.endpoints.updateEndpoint({ endpoint: change, updateMask: { paths: ["name"] } }))).reason,
  ).toBe("ETAG_MISMATCH");
  await harness.publish(completed(randomUUID()));
  await vi.waitFor(() => expect(receiver.requests[0]?.headers).toMatchObject({ "x-a": "1", "x-c": "3" }), SLOW);
});

it("lists endpoints by name, status and type, in pages", async () => {
  for (const name of ["b", "a", "c"]) await make({ name, ...(name === "c" && { filter: { types: ["course.*"] } }) });
  const first = await calls.endpoints.listEndpoints({ page: { pageSize: 2, withTotal: true } });
  const rest = await calls.endpoints.listEndpoints({
    page: { pageSize: 2, pageToken: present(first.page).nextPageToken },
  });
  expect([...first.endpoints, ...rest.endpoints].map((it) => it.name)).toEqual(["a", "b", "c"]);
  expect([first.page?.total, rest.page?.nextPageToken]).toEqual([3n, ""]);
  const told = await calls.endpoints.listEndpoints({
    eventType: "registration.passed",
    statuses: [EndpointStatus.ACTIVE],
  });
  expect(told.endpoints.map((it) => it.name)).toEqual(["a", "b"]);
  expect((await callsOf(harness, stranger).endpoints.listEndpoints({})).endpoints).toEqual([]);
  expect(
    (
      await failure(
        callsOf(harness, personCaller(owner.organizationId, "viewer")).endpoints.deleteEndpoint({ id: randomUUID() }),
      )
    ).reason,
  ).toBe("PERMISSION_MISSING");
});

it("signs with every secret while they rotate, and with the new one alone afterwards", async () => {
  const { id, secret } = await make();
  const requestId = randomUUID();
  const { value } = await calls.secrets.rotateSecret({ requestId, endpointId: id, overlapSeconds: 3_600 });
  expect((await failure(calls.secrets.rotateSecret({ requestId, endpointId: id }))).reason).toBe("REQUEST_ID_REUSED");
  await harness.publish(completed(randomUUID()));
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), SLOW);
  expect([secret, value].map((it) => isSignedWith(present(receiver.requests[0]), it))).toEqual([true, true]);
  const { secrets } = await calls.secrets.listSecrets({ endpointId: id });
  expect(secrets.map((it) => [it.hint, it.expireTime !== undefined])).toEqual([
    [value.slice(-5, -1), false],
    [secret.slice(-5, -1), true],
  ]);
  await calls.secrets.deleteSecret({ id: present(secrets[1]).id });
  expect((await failure(calls.secrets.deleteSecret({ id: present(secrets[0]).id }))).reason).toBe("SECRET_LAST");
  await harness.publish(completed(randomUUID()));
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(2), SLOW);
  expect([secret, value].map((it) => isSignedWith(present(receiver.requests[1]), it))).toEqual([false, true]);
});

it("tests an endpoint and an address, once, and keeps the test apart", async () => {
  receiver.mood = answer(500, {}, "nope");
  const { id, secret } = await make();
  const { delivery, attempt } = await calls.endpoints.testEndpoint({ id, eventType: "registration.completed" });
  expect(delivery).toMatchObject({ test: true, state: DeliveryState.FAILED, eventType: "registration.completed" });
  expect(attempt).toMatchObject({ outcome: AttemptOutcome.HTTP_STATUS, httpStatus: 500, responseBody: "nope" });
  expect(isSignedWith(present(receiver.requests[0]), secret)).toBe(true);
  expect((await calls.deliveries.listDeliveries({ endpointId: id })).deliveries).toEqual([]);
  expect((await calls.deliveries.listDeliveries({ endpointId: id, withTests: true })).deliveries).toHaveLength(1);
  expect((await calls.endpoints.getEndpoint({ id })).endpoint?.status).toBe(EndpointStatus.ACTIVE);
  expect((await calls.endpoints.testAddress({ url: receiver.url })).attempt?.httpStatus).toBe(500);
  expect(JSON.parse(receiver.requests[1]?.body ?? "").type).toBe("webhook.test");
  expect((await failure(calls.endpoints.testAddress({ url: "https://10.0.0.1/" }))).reason).toBe("ADDRESS_REFUSED");
  expect((await failure(calls.endpoints.testEndpoint({ id, eventType: "no.such" }))).reason).toBe("EVENT_TYPE_UNKNOWN");
});

it("posts back as SCORM Cloud does: a form with credentials, of every change once, redirects included", async () => {
  receiver.mood = answer(302, { location: "https://10.0.0.1/" });
  const value = { username: "ann", password: "pw&", auth: PostbackAuth.FORM, results: PostbackResults.COURSE };
  const { id, secret } = await make({ kind: { case: "postback", value }, filter: {} });
  expect(secret).toBe("");
  const { attempt } = await calls.endpoints.testEndpoint({ id });
  expect(attempt).toMatchObject({ outcome: AttemptOutcome.DELIVERED, httpStatus: 302 });
  const form = new URLSearchParams(receiver.requests[0]?.body);
  expect([form.get("userName"), form.get("password")]).toEqual(["ann", "pw&"]);
  expect(JSON.parse(form.get("data") ?? "")).toMatchObject({
    registrationCompletion: "COMPLETED",
    score: { scaled: 85 },
  });
  expect(attempt?.requestBody).not.toContain("password");
  const { endpoint } = await calls.endpoints.getEndpoint({ id });
  expect(endpoint).toMatchObject({
    kind: { value: { username: "ann", password: "" } },
    filter: { types: ["registration.progressed"] },
  });
});

it("puts the endpoints of a registration in place, told of that registration alone, and takes them away", async () => {
  const registrationId = randomUUID();
  const sync = (...endpoints: object[]) =>
    as(serviceCaller("runtime", owner.organizationId), () =>
      harness.mesh.clients.of(EndpointService).syncOwnedEndpoints({
        owner: { owner: { case: "registrationId", value: registrationId } },
        endpoints: endpoints.map((endpoint) => ({ endpoint })),
      }),
    );
  const { endpoints: first } = await sync({ url: receiver.url, name: "mine" });
  const { endpoints: second } = await sync({ url: receiver.url, name: "renamed" });
  expect(second.map((it) => [it.id, it.name])).toEqual([[first[0]?.id, "renamed"]]);
  expect((await calls.endpoints.listEndpoints({})).endpoints).toEqual([]);
  const mine = completed(registrationId);
  await harness.publish(completed(randomUUID()), mine);
  await vi.waitFor(() => expect(receiver.requests.map((it) => it.id)).toEqual([mine.id]), SLOW);
  await sync();
  expect((await calls.endpoints.listEndpoints({ withOwned: true })).endpoints).toEqual([]);
});

it("lets a dispatch's postback move to another address with its secret", async () => {
  const dispatchId = randomUUID();
  const sync = (...endpoints: object[]) =>
    as(serviceCaller("dispatch", owner.organizationId), () =>
      harness.mesh.clients.of(EndpointService).syncOwnedEndpoints({
        owner: { owner: { case: "dispatchId", value: dispatchId } },
        endpoints: endpoints.map((endpoint) => ({ endpoint })),
      }),
    );
  const wanted = {
    kind: { case: "postback", value: { auth: PostbackAuth.SIGNATURE } },
    filter: { types: ["dispatch.progressed"], dispatchIds: [dispatchId] },
  };
  const secretsOf = (id = "") => harness.sql("select id, sealed from secret where endpoint_id = $1", [id]);
  const { endpoints: first } = await sync({ ...wanted, url: receiver.url });
  const before = await secretsOf(first[0]?.id);
  const { endpoints: moved } = await sync({ ...wanted, url: `${receiver.url}moved` });
  expect(moved.map(({ id, url }) => [id, url])).toEqual([[first[0]?.id, `${receiver.url}moved`]]);
  expect(before).toHaveLength(1);
  expect(await secretsOf(first[0]?.id)).toEqual(before);
  await sync();
});

it("tells the other address when the first fails for good", async () => {
  const other = await startReceiver();
  receiver.mood = answer(500);
  await as(serviceCaller("content", owner.organizationId), () =>
    harness.mesh.clients.of(EndpointService).syncOwnedEndpoints({
      owner: { owner: { case: "courseId", value: "00000000-0000-7000-8000-0000000000c0" } },
      endpoints: [{ endpoint: { url: receiver.url, policy: { maxAttempts: 2 } }, fallbackUrl: other.url }],
    }),
  );
  const event = completed(randomUUID(), { courseId: "00000000-0000-7000-8000-0000000000c0" });
  await harness.publish(event);
  await vi.waitFor(() => expect(other.requests.map((it) => it.id)).toEqual([event.id]), SLOW);
  expect(receiver.requests).toHaveLength(2);
  other.stop();
});

it("shows an endpoint's health: what arrived, what did not, how long it took", async () => {
  const { id } = await make({ policy: { maxAttempts: 2 } });
  receiver.moods.push(answer(500), answer(503));
  await harness.publish(completed(randomUUID()));
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(2), SLOW);
  await harness.publish(completed(randomUUID()));
  await vi.waitFor(async () => {
    const { summary, steps, failures } = await calls.endpoints.getEndpointHealth({ id });
    expect(summary).toMatchObject({ deliveredCount: 1n, failedCount: 1n, queuedCount: 0n });
    expect(steps).toHaveLength(48);
    expect(steps.at(-1)).toMatchObject({ deliveredCount: 1n, failedAttemptCount: 2n });
    expect(failures.map((it) => [it.httpStatus, it.count])).toEqual([
      [500, 1n],
      [503, 1n],
    ]);
  }, SLOW);
});

it("replays what failed, what is missing, or all, with the same ids", async () => {
  const since = timestampFromDate(new Date(Date.now() - 60_000));
  const before = progressed(randomUUID());
  await harness.publish(before);
  receiver.mood = answer(500);
  const { id } = await make({ policy: { maxAttempts: 1 } });
  const [one, two] = [completed(randomUUID()), completed(randomUUID())];
  await harness.publish(one);
  await vi.waitFor(
    async () =>
      expect(
        (await calls.deliveries.listDeliveries({ endpointId: id, states: [DeliveryState.FAILED] })).deliveries,
      ).toHaveLength(1),
    SLOW,
  );
  receiver.mood = answer(204);
  await harness.publish(two);
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(2), SLOW);
  const filter = { registrationIds: [before, one, two].map((it) => registrationOf(it)) };
  const replay = async (scope: ReplayScope) => {
    receiver.requests.length = 0;
    const plan = { endpointId: id, scope, since, filter };
    const { eventCount } = await calls.replays.previewReplay({ plan });
    const request = { requestId: randomUUID(), plan };
    const made = present((await calls.replays.createReplay(request)).replay);
    expect((await calls.replays.createReplay(request)).replay?.id).toBe(made.id);
    await vi.waitFor(async () => {
      const { replay: now } = await calls.replays.getReplay({ id: made.id });
      expect(now).toMatchObject({
        state: ReplayState.DONE,
        totalCount: eventCount,
        deliveredCount: eventCount,
        failedCount: 0n,
      });
    }, SLOW);
    return receiver.requests.map((it) => it.id).toSorted();
  };
  expect(await replay(ReplayScope.FAILED)).toEqual([one.id]);
  expect(await replay(ReplayScope.MISSING)).toEqual([before.id]);
  expect(await replay(ReplayScope.ALL)).toEqual([before.id, one.id, two.id]);
  expect((await calls.replays.listReplays({ endpointId: id })).replays).toHaveLength(3);
  await calls.endpoints.disableEndpoint({ id });
  const plan = { endpointId: id, scope: ReplayScope.ALL, since, filter };
  const { replay: held } = await calls.replays.createReplay({ requestId: randomUUID(), plan });
  expect((await calls.replays.cancelReplay({ id: present(held).id })).replay?.state).toBe(ReplayState.CANCELED);
  const theirs = callsOf(harness, stranger).replays;
  expect((await failure(theirs.getReplay({ id: present(held).id }))).reason).toBe("REPLAY_NOT_FOUND");
  expect((await failure(theirs.previewReplay({ plan }))).reason).toBe("ENDPOINT_NOT_FOUND");
});

const registrationIds = new Map<string, string>();
function registrationOf(event: { id: string; payload?: { value: Uint8Array } | undefined }): string {
  const known =
    registrationIds.get(event.id) ??
    /[0-9a-f-]{36}/.exec(Buffer.from(event.payload?.value ?? []).toString())?.[0] ??
    "";
  registrationIds.set(event.id, known);
  return known;
}
