import { randomUUID } from "node:crypto";
import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { type Caller, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { type Member, Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createUserMesh, type UserMesh } from "./user-mesh.ts";

let user: UserMesh;
let theirs: { organizationId: string; member: Member; keyId: string };
let owner: Caller;
let viewer: Caller;
let member: Caller;

beforeAll(async () => {
  user = await createUserMesh();
  await user.bootstrap();
  const { caller: administrator } = await user.signIn("admin@first.example");
  const { member: victim } = await user.addMember(administrator, "victim@first.example", Role.MEMBER);
  theirs = { organizationId: administrator.organizationId, member: victim, keyId: "installation" };
  ({ owner } = await user.addOrganization(administrator, "second"));
  viewer = (await user.addMember(owner, "viewer@second.example", Role.VIEWER)).caller;
  member = (await user.addMember(owner, "member@second.example", Role.MEMBER)).caller;
});
afterAll(() => user.stop());

describe("an owner of another organization", () => {
  const mask = (path: string) => ({ paths: [path] });

  it("gets for every id of the first what an absent one gets", async () => {
    const absent = randomUUID();
    const calls: [string, (id: string) => Promise<unknown>, string, string][] = [
      ["getOrganization", (id) => user.organizations.getOrganization({ id }), theirs.organizationId, absent],
      [
        "updateOrganization",
        (id) => user.organizations.updateOrganization({ organization: { id, name: "x" }, updateMask: mask("name") }),
        theirs.organizationId,
        absent,
      ],
      ["getMember", (id) => user.members.getMember({ id }), theirs.member.id, absent],
      [
        "updateMember",
        (id) => user.members.updateMember({ member: { id, role: Role.VIEWER }, updateMask: mask("role") }),
        theirs.member.id,
        absent,
      ],
      ["getApiKey", (id) => user.keys.getApiKey({ id }), theirs.keyId, "cm_absent"],
      [
        "switchOrganization",
        (id) => user.sessions.switchOrganization({ organizationId: id }),
        theirs.organizationId,
        absent,
      ],
    ];
    for (const [name, call, id, other] of calls) {
      const reasons = [
        (await failure(as(owner, () => call(id)))).reason,
        (await failure(as(owner, () => call(other)))).reason,
      ];
      expect(reasons[0], name).toMatch(/_NOT_FOUND$/);
      expect(reasons[0], name).toBe(reasons[1]);
    }
  });

  it("deletes nothing of the first, with the success that an absent id gets", async () => {
    await as(owner, () => user.organizations.deleteOrganization({ id: theirs.organizationId }));
    await as(owner, () => user.members.deleteMember({ id: theirs.member.id }));
    await as(owner, () => user.keys.deleteApiKey({ id: theirs.keyId }));
    await user.signIn("victim@first.example");
    await user.callerFrom("Bearer installation:installation-secret");
  });

  it("sees nothing of the first in any list", async () => {
    const { organizations } = await as(owner, () => user.organizations.listOrganizations({}));
    expect(organizations.map((it) => it.slug)).toEqual(["second"]);
    const { members } = await as(owner, () => user.members.listMembers({ query: "victim" }));
    expect(members).toEqual([]);
    const { apiKeys } = await as(owner, () => user.keys.listApiKeys({}));
    expect(apiKeys).toEqual([]);
  });

  it("is no platform administrator", async () => {
    const create = as(owner, () =>
      user.organizations.createOrganization({ requestId: randomUUID(), name: "x", slug: "xxx" }),
    );
    expect(await failure(create)).toEqual({ reason: "PERMISSION_MISSING", metadata: { permission: "platform" } });
  });
});

describe("roles", () => {
  const id = randomUUID();
  const admins: [string, () => Promise<unknown>][] = [
    [
      "organization:write",
      () => user.organizations.updateOrganization({ organization: {}, updateMask: { paths: ["name"] } }),
    ],
    ["organization:delete", () => user.organizations.deleteOrganization({ id })],
    [
      "member:write",
      () => user.members.createMember({ requestId: id, email: "a@b.example", name: "a", role: Role.VIEWER }),
    ],
    ["member:write", () => user.members.updateMember({ member: { id }, updateMask: { paths: ["name"] } })],
    ["member:write", () => user.members.deleteMember({ id })],
    ["key:write", () => user.keys.createApiKey({ requestId: id, name: "a", scopes: [Permission.COURSE_READ] })],
    ["key:write", () => user.keys.deleteApiKey({ id })],
    ["key:read", () => user.keys.getApiKey({ id })],
    ["key:read", () => user.keys.listApiKeys({})],
  ];

  it("let viewers and members change neither people nor keys nor the organization", async () => {
    for (const caller of [viewer, member])
      for (const [permission, call] of admins)
        expect(await failure(as(caller, call))).toEqual({ reason: "PERMISSION_MISSING", metadata: { permission } });
  });

  it("let viewers read people and the organization", async () => {
    expect((await as(viewer, () => user.members.listMembers({}))).members.length).toBeGreaterThan(2);
    expect((await as(viewer, () => user.organizations.getOrganization({}))).organization?.slug).toBe("second");
  });

  it("open nothing to strangers, and identities to services only", async () => {
    for (const [, call] of admins) expect((await failure(as(anonymous, call))).reason).toBe("UNAUTHENTICATED");
    for (const call of [() => user.sessions.getSession({}), () => user.organizations.listOrganizations({})])
      expect((await failure(as<Promise<unknown>>(anonymous, call))).reason).toBe("UNAUTHENTICATED");
    const ask = as(owner, () => user.identity.authenticateCaller({ authorization: "Bearer x" }));
    expect((await failure(ask)).metadata).toEqual({ permission: "internal" });
    expect(present(owner).platformAdministrator).toBe(false);
  });
});
