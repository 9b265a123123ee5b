import { serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { failure } from "@coursemesh/platform/testing/failure.ts";
import { as, createTestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { IdentityService } from "@coursemesh/proto/coursemesh/user/v1/identity_pb.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { buildApp } from "../src/app.ts";
import { configSchema } from "../src/config.ts";
import { createUserMesh, PASSWORD, type UserMesh } from "./user-mesh.ts";

let user: UserMesh;

beforeAll(async () => {
  user = await createUserMesh();
});
afterAll(() => user.stop());

it("refuses a weak first password and half a key, and stays unprepared", async () => {
  const prepare = (fields: object) =>
    as(serviceCaller("mesh"), () =>
      user.identity.bootstrapInstallation({
        organizationName: "First",
        organizationSlug: "first",
        adminEmail: "admin@first.example",
        adminPassword: PASSWORD,
        ...fields,
      }),
    );
  expect((await failure(prepare({ adminPassword: "weak" }))).reason).toBe("PASSWORD_TOO_WEAK");
  expect((await failure(prepare({ apiKeyId: "only-id" }))).reason).toBe("FIELD_INVALID");
  expect((await failure(prepare({ apiKeyId: "a:b", apiKeySecret: "x" }))).reason).toBe("FIELD_INVALID");
});

it("prepares an installation once for two replicas, and announces what it made", async () => {
  const seen: EventEnvelope[] = [];
  const types = ["OrganizationCreated", "MemberCreated", "ApiKeyCreated"].map((name) => `coursemesh.user.v1.${name}`);
  user.mesh.deps.bus.subscribe({ group: "test", types, handle: async (event) => void seen.push(event) });
  const answers = await Promise.all([user.bootstrap(), user.bootstrap()]);
  expect(answers.map((answer) => answer.created).toSorted()).toEqual([false, true]);
  await vi.waitFor(() => expect(seen.map((event) => event.type)).toEqual(types), 20_000);
  for (const event of seen) expect(event.organizationId).toBe(answers[0]?.organizationId);
});

it("believes another replica's tokens", async () => {
  const { tokens } = await user.signIn("admin@first.example");
  const other = await createTestMesh();
  await other.add((deps) => buildApp(readConfig(configSchema, user.env), deps));
  const { caller } = await as(serviceCaller("edge"), () =>
    other.clients.of(IdentityService).authenticateCaller({ authorization: `Bearer ${tokens.accessToken}` }),
  );
  expect(caller?.platformAdministrator).toBe(true);
  await other.stop();
});

it("removes a deleted organization after the grace period and announces it", async () => {
  const { caller } = await user.signIn("admin@first.example");
  const { organization, owner } = await user.addOrganization(caller, "gone");
  await as(owner, () => user.organizations.deleteOrganization({ id: organization.id }));
  const seen: string[] = [];
  user.mesh.deps.bus.subscribe({
    group: "purge",
    types: ["coursemesh.user.v1.OrganizationDeleted"],
    handle: async (event) => void seen.push(event.organizationId),
  });
  await user.purge();
  user.pass(31 * 86_400);
  await user.purge();
  await vi.waitFor(() => expect(seen).toEqual([organization.id]), 20_000);
});
