import { randomUUID } from "node:crypto";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ActivityService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_pb.ts";
import { ActivityProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_profile_pb.ts";
import { AgentService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_pb.ts";
import { AgentProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_profile_pb.ts";
import { CredentialLimitService } from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import { StateService } from "@coursemesh/proto/coursemesh/lrs/v1/state_pb.ts";
import { StatementService, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import type { Product } from "../../product/start-product.ts";
import type { XapiCall } from "../../product/xapi-client.ts";

export const activityId = "https://example.com/courses/scopes";
export const agent = { mbox: "mailto:scopes@example.com" };
const agentJson = JSON.stringify(agent);

/** Scopes a key may have that concern the record store, and one that does not. */
export const SCOPES = [
  Permission.STATEMENT_WRITE,
  Permission.STATEMENT_READ,
  Permission.STATEMENT_READMINE,
  Permission.STATE_READ,
  Permission.STATE_WRITE,
  Permission.PROFILE_READ,
  Permission.PROFILE_WRITE,
  Permission.LRS_ADMIN,
  Permission.COURSE_READ,
] as const;

/** Something a caller may do, the same way over HTTP and gRPC. */
export interface Deed {
  readonly name: string;
  /** Any of these allows it; undefined: nobody is asked. */
  readonly scopes: readonly Permission[];
  /** Absent: not part of the specification. */
  readonly http?: readonly [method: string, path: string, call?: XapiCall];
  readonly rpc: (product: Product, authorization: string) => Promise<unknown>;
}

export const newStatement = (): { id: string } & Record<string, unknown> => ({
  id: randomUUID(),
  actor: agent,
  verb: { id: "https://example.com/verbs/tried" },
  object: { id: activityId },
});
const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const written = { contentType: "application/json", content: bytes({}), version: XapiVersion.V2_0_0 };
const document = { body: {}, headers: { "if-match": "*" } };
const readsStatements = [Permission.STATEMENT_READ, Permission.STATEMENT_READMINE];
const state = { activityId, agent: agentJson };
const scope = { activityId, agentJson };

/** Who may do what: every resource, read and written. */
export const DEEDS: readonly Deed[] = [
  {
    name: "store statements",
    scopes: [Permission.STATEMENT_WRITE],
    http: ["POST", "statements", { body: [] }],
    rpc: (product, key) =>
      rpcClient(product, StatementService, key).storeStatements({
        statements: [{ json: bytes(newStatement()) }],
        version: XapiVersion.V2_0_0,
      }),
  },
  {
    name: "store a statement by its id",
    scopes: [Permission.STATEMENT_WRITE],
    http: ["PUT", "statements", { query: { statementId: randomUUID() }, body: { nothing: true } }],
    rpc: (product, key) => rpcClient(product, StatementService, key).storeStatements({ version: XapiVersion.V1_0_3 }),
  },
  {
    name: "read statements",
    scopes: readsStatements,
    http: ["GET", "statements"],
    rpc: (product, key) => rpcClient(product, StatementService, key).queryStatements({}),
  },
  {
    name: "read a statement",
    scopes: readsStatements,
    http: ["GET", "statements", { query: { statementId: randomUUID() } }],
    rpc: (product, key) =>
      rpcClient(product, StatementService, key).getStatement({ by: { case: "statementId", value: randomUUID() } }),
  },
  {
    name: "count statements",
    scopes: [Permission.STATEMENT_READ],
    rpc: (product, key) => rpcClient(product, StatementService, key).summarizeStatements({ groupBy: 1 }),
  },
  {
    name: "void a statement",
    scopes: [Permission.LRS_ADMIN],
    rpc: (product, key) =>
      rpcClient(product, StatementService, key).voidStatement({ requestId: randomUUID(), statementId: randomUUID() }),
  },
  {
    name: "read an activity",
    scopes: readsStatements,
    http: ["GET", "activities", { query: { activityId } }],
    rpc: (product, key) => rpcClient(product, ActivityService, key).getActivity({ activityId }),
  },
  {
    name: "read a person",
    scopes: readsStatements,
    http: ["GET", "agents", { query: { agent: agentJson } }],
    rpc: (product, key) => rpcClient(product, AgentService, key).getPerson({ agentJson }),
  },
  {
    name: "read state",
    scopes: [Permission.STATE_READ],
    http: ["GET", "activities/state", { query: state }],
    rpc: (product, key) => rpcClient(product, StateService, key).listStates({ scope }),
  },
  {
    name: "write state",
    scopes: [Permission.STATE_WRITE],
    http: ["PUT", "activities/state", { ...document, query: { ...state, stateId: "none" } }],
    rpc: (product, key) => rpcClient(product, StateService, key).mergeState({ scope, stateId: "rpc", ...written }),
  },
  {
    name: "remove state",
    scopes: [Permission.STATE_WRITE],
    http: ["DELETE", "activities/state", { query: { ...state, stateId: "none" } }],
    rpc: (product, key) => rpcClient(product, StateService, key).deleteState({ scope, stateId: "none" }),
  },
  {
    name: "read activity profiles",
    scopes: [Permission.PROFILE_READ],
    http: ["GET", "activities/profile", { query: { activityId } }],
    rpc: (product, key) => rpcClient(product, ActivityProfileService, key).listActivityProfiles({ activityId }),
  },
  {
    name: "write activity profiles",
    scopes: [Permission.PROFILE_WRITE],
    http: ["POST", "activities/profile", { body: {}, query: { activityId, profileId: "none" } }],
    rpc: (product, key) =>
      rpcClient(product, ActivityProfileService, key).mergeActivityProfile({
        activityId,
        profileId: "rpc",
        ...written,
      }),
  },
  {
    name: "read agent profiles",
    scopes: [Permission.PROFILE_READ],
    http: ["GET", "agents/profile", { query: { agent: agentJson } }],
    rpc: (product, key) => rpcClient(product, AgentProfileService, key).listAgentProfiles({ agentJson }),
  },
  {
    name: "write agent profiles",
    scopes: [Permission.PROFILE_WRITE],
    http: ["DELETE", "agents/profile", { query: { agent: agentJson, profileId: "none" } }],
    rpc: (product, key) =>
      rpcClient(product, AgentProfileService, key).mergeAgentProfile({ agentJson, profileId: "rpc", ...written }),
  },
  {
    name: "read limits of keys",
    scopes: [Permission.LRS_ADMIN],
    rpc: (product, key) => rpcClient(product, CredentialLimitService, key).listCredentialLimits({}),
  },
];
