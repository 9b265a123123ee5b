import { randomUUID } from "node:crypto";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { type Member, Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createUserMesh, PASSWORD, type UserMesh } from "./user-mesh.ts";

let user: UserMesh;
let owner: Caller;
let ownerMember: Member;
let admin: Caller;

beforeAll(async () => {
  user = await createUserMesh();
  await user.bootstrap();
  const { caller } = await user.signIn("admin@first.example");
  ({ owner } = await user.addOrganization(caller, "people"));
  const { members } = await as(owner, () => user.members.listMembers({}));
  // The platform administrator who made the organization leaves it to its owner.
  const maker = present(members.find((member) => member.email === "admin@first.example"));
  ownerMember = present(members.find((member) => member.email === "owner@people.example"));
  await as(owner, () => user.members.deleteMember({ id: maker.id }));
  admin = (await user.addMember(owner, "admin@people.example", Role.ADMIN)).caller;
});
afterAll(() => user.stop());

const add = (caller: Caller, fields: { email: string; role?: Role; requestId?: string; password?: string }) =>
  as(caller, () =>
    user.members.createMember({ requestId: randomUUID(), name: fields.email, role: Role.VIEWER, ...fields }),
  );
const update = (
  caller: Caller,
  member: Partial<Pick<Member, "id" | "role" | "active" | "name" | "etag">>,
  path: string,
) => as(caller, () => user.members.updateMember({ member, updateMask: { paths: [path] } }));

it("adds a person once for one request_id, and once for one address", async () => {
  const requestId = randomUUID();
  const [one, two] = await Promise.all([1, 2].map(() => add(owner, { email: "new@people.example", requestId })));
  expect(one!.member).toEqual(two!.member);
  expect(one!.member).toMatchObject({ email: "new@people.example", role: Role.VIEWER, active: true });
  const changed = add(owner, { email: "other@people.example", requestId });
  expect((await failure(changed)).reason).toBe("REQUEST_ID_REUSED");
  expect(await failure(add(owner, { email: "NEW@people.example" }))).toEqual({
    reason: "MEMBER_EXISTS",
    metadata: { email: "new@people.example" },
  });
});

it("ignores the password for a person who exists, so that nobody takes an account over by inviting it", async () => {
  await add(owner, { email: "admin@first.example", password: "Stolen-Horse-7" });
  expect((await failure(user.signIn("admin@first.example", "Stolen-Horse-7"))).reason).toBe("SIGN_IN_FAILED");
  await user.signIn("admin@first.example", PASSWORD);
});

it("refuses weak passwords", async () => {
  const weak = add(owner, { email: "weak@people.example", password: "weak" });
  expect((await failure(weak)).reason).toBe("PASSWORD_TOO_WEAK");
});

it("finds and pages members by name", async () => {
  for (const name of ["zoe", "Yann", "xaver"]) await add(owner, { email: `${name}@find.example`, role: Role.MEMBER });
  const list = (fields: object) => as(owner, () => user.members.listMembers(fields));
  const first = await list({ query: "FIND.example", page: { pageSize: 2, withTotal: true } });
  expect(first.members.map((it) => it.name)).toEqual(["xaver@find.example", "Yann@find.example"]);
  expect(first.page?.total).toBe(3n);
  const page = { pageSize: 2, pageToken: present(first.page).nextPageToken };
  await add(owner, { email: "aaa@find.example" });
  const second = await list({ query: "FIND.example", page });
  expect(second.members.map((it) => it.name)).toEqual(["zoe@find.example"]);
  expect((await failure(list({ query: "other", page }))).reason).toBe("PAGE_TOKEN_INVALID");
  expect((await list({ query: "%" })).members).toEqual([]);
  expect((await list({ roles: [Role.OWNER] })).members.map((it) => it.id)).toEqual([ownerMember.id]);
  expect((await list({ active: false })).members).toEqual([]);
});

it("lets nobody give or change a role above their own", async () => {
  const { member } = await add(owner, { email: "second-owner@people.example", role: Role.OWNER });
  const target = present(member);
  expect(await failure(add(admin, { email: "x@people.example", role: Role.OWNER }))).toEqual({
    reason: "ROLE_TOO_HIGH",
    metadata: { role: "owner" },
  });
  for (const call of [
    () => update(admin, { id: target.id, role: Role.VIEWER }, "role"),
    () => update(admin, { id: target.id, active: false }, "active"),
    () => as(admin, () => user.members.deleteMember({ id: target.id })),
  ])
    expect((await failure(call())).reason).toBe("ROLE_TOO_HIGH");
  await as(owner, () => user.members.deleteMember({ id: target.id }));
});

it("keeps the last active owner", async () => {
  for (const call of [
    () => update(owner, { id: ownerMember.id, role: Role.ADMIN }, "role"),
    () => update(owner, { id: ownerMember.id, active: false }, "active"),
    () => as(owner, () => user.members.deleteMember({ id: ownerMember.id })),
  ])
    expect((await failure(call())).reason).toBe("LAST_OWNER");
});

it("keeps one of two owners who are removed at the same moment", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { member } = await add(owner, { email: `twin${round}@people.example`, role: Role.OWNER });
    const ids = [ownerMember.id, present(member).id];
    const results = await Promise.allSettled(ids.map((id) => update(owner, { id, role: Role.ADMIN }, "role")));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const { members } = await as(owner, () => user.members.listMembers({ roles: [Role.OWNER] }));
    expect(members).toHaveLength(1);
    for (const id of ids.filter((it) => it !== members[0]!.id)) await update(owner, { id, role: Role.OWNER }, "role");
    await update(owner, { id: present(member).id, role: Role.VIEWER }, "role");
  }
});

it("keeps a deactivated member out at once, and lets them in again", async () => {
  const { member, caller } = await user.addMember(owner, "pause@people.example", Role.MEMBER);
  const { tokens } = await user.signIn("pause@people.example");
  await update(owner, { id: member.id, active: false }, "active");
  expect((await failure(user.callerFrom(`Bearer ${tokens.accessToken}`))).reason).toBe("UNAUTHENTICATED");
  expect((await failure(user.signIn("pause@people.example"))).reason).toBe("SIGN_IN_FAILED");
  const refresh = as(caller, () => user.sessions.refreshSession({ refreshToken: tokens.refreshToken }));
  expect((await failure(refresh)).reason).toBe("SESSION_ENDED");
  await update(owner, { id: member.id, active: true }, "active");
  await user.signIn("pause@people.example");
});

it("gives a changed role at the next call of the same session", async () => {
  const { member } = await user.addMember(owner, "rise@people.example", Role.VIEWER);
  const { tokens, caller } = await user.signIn("rise@people.example");
  await update(owner, { id: member.id, role: Role.ADMIN }, "role");
  const later = await user.callerFrom(`Bearer ${tokens.accessToken}`);
  expect(later.permissions.length).toBeGreaterThan(caller.permissions.length);
});

it("refuses to overwrite somebody else's change", async () => {
  const { member } = await user.addMember(owner, "etag@people.example", Role.VIEWER);
  const { member: read } = await as(owner, () => user.members.getMember({ id: member.id }));
  const { member: renamed } = await update(owner, { id: member.id, name: "Renamed", etag: present(read).etag }, "name");
  expect(renamed?.name).toBe("Renamed");
  const late = update(owner, { id: member.id, name: "Late", etag: present(read).etag }, "name");
  expect((await failure(late)).reason).toBe("ETAG_MISMATCH");
});

it("ends a member's sessions when they leave; leaving twice is success", async () => {
  const { member } = await user.addMember(owner, "leave@people.example", Role.VIEWER);
  const { tokens } = await user.signIn("leave@people.example");
  for (let time = 0; time < 2; time += 1) await as(owner, () => user.members.deleteMember({ id: member.id }));
  expect((await failure(user.callerFrom(`Bearer ${tokens.accessToken}`))).reason).toBe("UNAUTHENTICATED");
  const read = as(owner, () => user.members.getMember({ id: member.id }));
  expect(await failure(read)).toEqual({ reason: "MEMBER_NOT_FOUND", metadata: { id: member.id } });
});
