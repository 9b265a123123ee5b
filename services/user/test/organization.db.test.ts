import { randomUUID } from "node:crypto";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { SubscriptionPlan } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createUserMesh, type UserMesh } from "./user-mesh.ts";

let user: UserMesh;
let administrator: Caller;

beforeAll(async () => {
  user = await createUserMesh();
  await user.bootstrap();
  administrator = (await user.signIn("admin@first.example")).caller;
});
afterAll(() => user.stop());

const create = (
  fields: { slug: string; name?: string; requestId?: string; ownerEmail?: string },
  caller = administrator,
) => as(caller, () => user.organizations.createOrganization({ requestId: randomUUID(), name: fields.slug, ...fields }));

it("is prepared once, however many ask at once", async () => {
  const answers = await Promise.all([user.bootstrap(), user.bootstrap()]);
  for (const answer of answers)
    expect(answer).toMatchObject({ created: false, organizationId: administrator.organizationId });
  const key = await user.callerFrom("Bearer installation:installation-secret");
  expect(key.organizationId).toBe(administrator.organizationId);
  expect(key.permissions).toEqual(administrator.permissions);
});

it("creates an organization once for one request_id", async () => {
  const requestId = randomUUID();
  const [one, two] = await Promise.all([create({ slug: "twice", requestId }), create({ slug: "twice", requestId })]);
  expect(one.organization).toEqual(two.organization);
  expect(one.organization).toMatchObject({ active: true, subscription: { plan: SubscriptionPlan.FREE } });
  expect((await failure(create({ slug: "other", requestId }))).reason).toBe("REQUEST_ID_REUSED");
  expect(await failure(create({ slug: "twice" }))).toEqual({
    reason: "ORGANIZATION_SLUG_TAKEN",
    metadata: { slug: "twice" },
  });
});

it("makes the named owner a person and a member", async () => {
  const { organization } = await create({ slug: "owned", ownerEmail: "Boss@owned.example" });
  const { tokens } = await user.signIn("admin@first.example");
  const caller = await user.callerFrom(`Bearer ${tokens.accessToken}`);
  const move = as(caller, () => user.sessions.switchOrganization({ organizationId: present(organization).id }));
  expect((await failure(move)).reason).toBe("MEMBER_NOT_FOUND");
});

it("lists by name, a page at a time, each organization once while others come", async () => {
  for (const name of ["Beta", "alpha", "Gamma"])
    await create({ slug: `page-${name.toLowerCase()}`, name: `Page ${name}` });
  const list = (pageToken = "") =>
    as(administrator, () =>
      user.organizations.listOrganizations({ query: "PAGE", page: { pageSize: 2, pageToken, withTotal: true } }),
    );
  const first = await list();
  expect(first.organizations.map((it) => it.name)).toEqual(["Page alpha", "Page Beta"]);
  expect(first.page?.total).toBe(3n);
  await create({ slug: "page-aaa", name: "Page aaa" });
  const second = await list(present(first.page).nextPageToken);
  expect(second.organizations.map((it) => it.name)).toEqual(["Page Gamma"]);
  expect(second.page?.nextPageToken).toBe("");
});

it("changes what the mask names, and refuses to overwrite somebody else's change", async () => {
  const { organization, owner } = await user.addOrganization(administrator, "changing");
  const update = (paths: string[], fields: object) =>
    as(owner, () => user.organizations.updateOrganization({ organization: fields, updateMask: { paths } }));
  const { organization: changed } = await update(["name", "contact.email", "branding"], {
    name: "Changed",
    slug: "ignored",
    contact: { email: "a@b.example", phone: "ignored" },
    branding: { primaryColor: "#102030" },
    etag: organization.etag,
  });
  expect(changed).toMatchObject({
    name: "Changed",
    slug: "changing",
    contact: { email: "a@b.example", phone: "" },
    branding: { primaryColor: "#102030" },
  });
  expect(await failure(update(["name"], { name: "Late", etag: organization.etag }))).toEqual({
    reason: "ETAG_MISMATCH",
    metadata: { etag: present(changed).etag },
  });
  for (const [paths, fields] of [
    [["slug"], { slug: "No Slug" }],
    [["name"], { name: " " }],
    [["subscription"], {}],
    [[], {}],
    [["contact"], { contact: { email: "no address" } }],
  ] as const)
    expect((await failure(update([...paths], fields))).reason).toBe("FIELD_INVALID");
  expect((await failure(update(["slug"], { slug: "first" }))).reason).toBe("ORGANIZATION_SLUG_TAKEN");
});

it("lets only a platform administrator switch an organization off, which keeps its people and keys out", async () => {
  const { organization, owner } = await user.addOrganization(administrator, "dormant");
  const { apiKey, secret } = await as(owner, () =>
    user.keys.createApiKey({ requestId: randomUUID(), name: "k", scopes: owner.permissions }),
  );
  const switchTo = (caller: Caller, active: boolean, id = organization.id) =>
    as(caller, () =>
      user.organizations.updateOrganization({ organization: { id, active }, updateMask: { paths: ["active"] } }),
    );
  expect((await failure(switchTo(owner, false))).reason).toBe("PERMISSION_MISSING");
  expect((await failure(switchTo(administrator, false, ""))).reason).toBe("FIELD_INVALID");
  await switchTo(administrator, false);
  const key = `Bearer ${present(apiKey).id}:${secret}`;
  expect((await failure(user.signIn("owner@dormant.example"))).reason).toBe("SIGN_IN_FAILED");
  expect((await failure(user.callerFrom(key))).reason).toBe("UNAUTHENTICATED");
  await switchTo(administrator, true);
  await user.callerFrom(key);
  await user.signIn("owner@dormant.example");
});

it("is absent at once after deletion, for an owner only", async () => {
  const { organization, owner } = await user.addOrganization(administrator, "leaving");
  const { caller: admin } = await user.addMember(owner, "admin@leaving.example", Role.ADMIN);
  const remove = (caller: Caller) => as(caller, () => user.organizations.deleteOrganization({ id: organization.id }));
  expect(await failure(remove(admin))).toEqual({
    reason: "PERMISSION_MISSING",
    metadata: { permission: "organization:delete" },
  });
  await remove(owner);
  await remove(owner);
  const read = as(owner, () => user.organizations.getOrganization({}));
  expect((await failure(read)).reason).toBe("ORGANIZATION_NOT_FOUND");
  expect((await failure(user.signIn("owner@leaving.example"))).reason).toBe("SIGN_IN_FAILED");
  const { organizations } = await as(administrator, () => user.organizations.listOrganizations({ query: "leaving" }));
  expect(organizations).toEqual([]);
});
