import { randomUUID } from "node:crypto";
import { anonymous, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { present } from "@coursemesh/platform/testing/failure.ts";
import { createTestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { as, createTestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { IdentityService } from "@coursemesh/proto/coursemesh/user/v1/identity_pb.ts";
import { MemberService, Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { OrganizationService } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import { buildApp } from "../src/app.ts";
import { configSchema } from "../src/config.ts";
import { service } from "../src/service.ts";

export const PASSWORD = "Correct-Horse-7";
const edge = serviceCaller("edge");

/** A user service with one organization in it, called as in production, with a clock that tests move. */
export async function createUserMesh(settings: Record<string, string> = {}) {
  const database = await createTestDatabase([{ service: "user", migrations: service.migrations }]);
  const env = {
    DATABASE_URL: database.urlOf("user"),
    TOKEN_SECRET: "token-secret-token-secret-token-secret",
    PASSWORD_MEMORY_KIB: "8",
    PASSWORD_PASSES: "1",
    ...settings,
  };
  const mesh = await createTestMesh();
  let offsetMs = 0;
  const now = () => new Date(Date.now() + offsetMs);
  const app = buildApp(readConfig(configSchema, env), mesh.deps, now);
  await mesh.add(() => app);
  const clients = {
    organizations: mesh.clients.of(OrganizationService),
    members: mesh.clients.of(MemberService),
    sessions: mesh.clients.of(SessionService),
    keys: mesh.clients.of(ApiKeyService),
    identity: mesh.clients.of(IdentityService),
  };

  /** The caller behind an `Authorization` header. */
  const callerFrom = async (authorization: string): Promise<Caller> => {
    const { caller } = await as(edge, () => clients.identity.authenticateCaller({ authorization }));
    return present(caller);
  };
  const signIn = async (email: string, password = PASSWORD, organizationSlug = "") => {
    const answer = await as(anonymous, () => clients.sessions.createSession({ email, password, organizationSlug }));
    const tokens = present(answer.tokens);
    return { ...answer, tokens, caller: await callerFrom(`Bearer ${tokens.accessToken}`) };
  };
  const bootstrap = () =>
    as(edge, () =>
      clients.identity.bootstrapInstallation({
        organizationName: "First",
        organizationSlug: "first",
        adminEmail: "admin@first.example",
        adminPassword: PASSWORD,
        apiKeyId: "installation",
        apiKeySecret: "installation-secret",
      }),
    );
  /** Adds a person and signs them in. */
  const addMember = async (admin: Caller, email: string, role: Role) => {
    const requestId = randomUUID();
    const { member } = await as(admin, () =>
      clients.members.createMember({ requestId, email, name: email, role, password: PASSWORD }),
    );
    return { member: present(member), caller: (await signIn(email)).caller };
  };
  /** A second tenant with an owner who administers nothing else. */
  const addOrganization = async (administrator: Caller, slug: string) => {
    const ownerEmail = `owner@${slug}.example`;
    const made = await as(administrator, () =>
      clients.organizations.createOrganization({ requestId: randomUUID(), name: slug, slug }),
    );
    const organization = present(made.organization);
    const { tokens } = await as(administrator, () =>
      clients.sessions.switchOrganization({ organizationId: organization.id }),
    );
    const there = await callerFrom(`Bearer ${present(tokens).accessToken}`);
    const { caller } = await addMember(there, ownerEmail, Role.OWNER);
    return { organization, owner: caller, administratorThere: there };
  };

  return {
    ...clients,
    env,
    mesh,
    purge: () => app.purge(),
    database,
    callerFrom,
    signIn,
    bootstrap,
    addMember,
    addOrganization,
    /** Moves the clock forward. */
    pass: (seconds: number) => {
      offsetMs += seconds * 1000;
    },
    async stop() {
      await mesh.stop();
      await database.drop();
    },
  };
}

export type UserMesh = Awaited<ReturnType<typeof createUserMesh>>;
