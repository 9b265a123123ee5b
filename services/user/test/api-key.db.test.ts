import { randomUUID } from "node:crypto";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { type Caller, CallerKind, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createUserMesh, type UserMesh } from "./user-mesh.ts";

let user: UserMesh;
let owner: Caller;

beforeAll(async () => {
  user = await createUserMesh();
  await user.bootstrap();
  owner = (await user.signIn("admin@first.example")).caller;
});
afterAll(() => user.stop());

const make = (fields: object = {}, caller = owner) =>
  as(caller, () =>
    user.keys.createApiKey({
      requestId: randomUUID(),
      name: "Key",
      scopes: [Permission.COURSE_READ, Permission.KEY_READ],
      ...fields,
    }),
  );
const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;

it("calls with its scopes, as Basic and as Bearer", async () => {
  const { apiKey, secret } = await make({ rateLimitPerHour: 7 });
  const { id, createdBy } = present(apiKey);
  expect(createdBy).toBe(owner.displayName);
  for (const header of [basic(id, secret), `Bearer ${id}:${secret}`])
    expect(await user.callerFrom(header)).toMatchObject({
      kind: CallerKind.API_KEY,
      id,
      organizationId: owner.organizationId,
      permissions: [Permission.COURSE_READ, Permission.KEY_READ],
      platformAdministrator: false,
    });
});

it("reads its own statements when it may read all", async () => {
  const { apiKey, secret } = await make({ scopes: [Permission.STATEMENT_READ] });
  const { id, scopes } = present(apiKey);
  expect(scopes).toEqual([Permission.STATEMENT_READ]);
  const { permissions } = await user.callerFrom(basic(id, secret));
  expect(permissions).toEqual([Permission.STATEMENT_READ, Permission.STATEMENT_READMINE]);
});

it("is refused with a wrong secret, an unknown id and nonsense", async () => {
  const { apiKey } = await make();
  for (const header of [
    basic(present(apiKey).id, "wrong"),
    basic("cm_unknown", "x"),
    "Bearer nonsense",
    "Digest x",
    "",
  ])
    expect((await failure(user.callerFrom(header))).reason).toBe("UNAUTHENTICATED");
});

it("shows its secret once: the list has none, a repeat of the request is refused", async () => {
  const requestId = randomUUID();
  const { apiKey } = await make({ requestId });
  expect((await failure(make({ requestId }))).reason).toBe("REQUEST_ID_REUSED");
  const { apiKey: read } = await as(owner, () => user.keys.getApiKey({ id: present(apiKey).id }));
  expect(read).toEqual(apiKey);
  await as(owner, () => user.keys.deleteApiKey({ id: present(apiKey).id }));
  expect((await failure(make({ requestId }))).reason).toBe("REQUEST_ID_REUSED");
});

it("is dead at once when revoked; revoking twice is success", async () => {
  const { apiKey, secret } = await make();
  const { id } = present(apiKey);
  await user.callerFrom(basic(id, secret));
  for (let time = 0; time < 2; time += 1) await as(owner, () => user.keys.deleteApiKey({ id }));
  expect((await failure(user.callerFrom(basic(id, secret)))).reason).toBe("UNAUTHENTICATED");
  const read = as(owner, () => user.keys.getApiKey({ id }));
  expect(await failure(read)).toEqual({ reason: "API_KEY_NOT_FOUND", metadata: { id } });
});

it("expires, and cannot be made expired", async () => {
  const expireTime = timestampFromDate(new Date(Date.now() + 60_000));
  const { apiKey, secret } = await make({ expireTime });
  await user.callerFrom(basic(present(apiKey).id, secret));
  user.pass(61);
  expect((await failure(user.callerFrom(basic(present(apiKey).id, secret)))).reason).toBe("UNAUTHENTICATED");
  expect((await failure(make({ expireTime }))).reason).toBe("FIELD_INVALID");
});

it("remembers its last use to the minute", async () => {
  const { apiKey, secret } = await make();
  const { id, lastUseTime } = present(apiKey);
  expect(lastUseTime).toBeUndefined();
  await user.callerFrom(basic(id, secret));
  const { apiKey: used } = await as(owner, () => user.keys.getApiKey({ id }));
  expect(Number(used?.lastUseTime?.seconds) % 60).toBe(0);
});

it("grants nothing that its maker lacks", async () => {
  const { caller } = await user.addMember(owner, "keys@first.example", Role.ADMIN);
  const more = make({ scopes: [Permission.COURSE_READ, Permission.ORGANIZATION_DELETE] }, caller);
  expect(await failure(more)).toEqual({ reason: "SCOPE_NOT_HELD", metadata: { scope: "organization:delete" } });
});

it("is listed newest first, a page at a time", async () => {
  const ids = [];
  for (let count = 0; count < 3; count += 1) ids.unshift(present((await make()).apiKey).id);
  const first = await as(owner, () => user.keys.listApiKeys({ page: { pageSize: 2, withTotal: true } }));
  expect(first.apiKeys.map((key) => key.id)).toEqual(ids.slice(0, 2));
  expect(Number(first.page?.total)).toBeGreaterThanOrEqual(3);
  await make();
  const page = { pageSize: 1, pageToken: present(first.page).nextPageToken };
  const second = await as(owner, () => user.keys.listApiKeys({ page }));
  expect(second.apiKeys.map((key) => key.id)).toEqual(ids.slice(2, 3));
});
