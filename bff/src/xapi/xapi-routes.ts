import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { getAbout } from "./about/get-about.ts";
import { getActivity } from "./activity/get-activity.ts";
import { getPerson } from "./agent/get-person.ts";
import { activityProfileStore } from "./document/activity-profile-store.ts";
import { agentProfileStore } from "./document/agent-profile-store.ts";
import { documentOperations } from "./document/document-operations.ts";
import type { DocumentStore } from "./document/document-store.ts";
import { stateStore } from "./document/state-store.ts";
import type { XapiMethod, XapiOperation } from "./request/xapi-request.ts";
import { answerStatements } from "./statement/answer-statements.ts";
import type { ConsistentThrough } from "./statement/consistent-through.ts";
import { getMoreStatements, getStatements, STATEMENT_PARAMETERS } from "./statement/get-statements.ts";
import { postStatements } from "./statement/post-statements.ts";
import { putStatement } from "./statement/put-statement.ts";
import type { BodyLimits } from "./statement/receive-statements.ts";

/** One resource with one method. */
export interface XapiRoute {
  readonly method: XapiMethod;
  /** Below `/xapi`. */
  readonly path: string;
  /** What a caller needs; undefined: nothing, not even to be known. */
  readonly permission: Permission | undefined;
  /** All parameters there are, exactly as they are written. */
  readonly parameters: readonly string[];
  readonly operation: XapiOperation;
}

/** Every resource of the specification: method, path, what the caller needs, parameters, operation. */
export function xapiRoutes(clients: Clients, through: ConsistentThrough, limits: BodyLimits): readonly XapiRoute[] {
  const answer = answerStatements(clients, through);
  const { STATEMENT_READMINE, STATEMENT_WRITE, STATE_READ, STATE_WRITE, PROFILE_READ, PROFILE_WRITE } = Permission;
  const line = (
    method: XapiMethod,
    path: string,
    permission: Permission | undefined,
    parameters: readonly string[],
    operation: XapiOperation,
  ): XapiRoute => ({ method, path, permission, parameters, operation });

  const documents = <Scope>(
    path: string,
    read: Permission,
    write: Permission,
    store: DocumentStore<Scope>,
  ): XapiRoute[] => {
    const { GET, PUT, POST, DELETE } = documentOperations(store);
    const parameters = [...store.scopeParameters, store.idParameter];
    return [
      line("GET", path, read, [...parameters, "since"], GET),
      line("PUT", path, write, parameters, PUT),
      line("POST", path, write, parameters, POST),
      line("DELETE", path, write, parameters, DELETE),
    ];
  };

  return [
    line("PUT", "/statements", STATEMENT_WRITE, ["statementId"], putStatement(clients, limits)),
    line("POST", "/statements", STATEMENT_WRITE, [], postStatements(clients, limits)),
    line("GET", "/statements", STATEMENT_READMINE, STATEMENT_PARAMETERS, getStatements(clients, answer)),
    line("GET", "/statements/more", STATEMENT_READMINE, ["token", "attachments"], getMoreStatements(clients, answer)),
    ...documents("/activities/state", STATE_READ, STATE_WRITE, stateStore(clients)),
    ...documents("/activities/profile", PROFILE_READ, PROFILE_WRITE, activityProfileStore(clients)),
    ...documents("/agents/profile", PROFILE_READ, PROFILE_WRITE, agentProfileStore(clients)),
    line("GET", "/activities", STATEMENT_READMINE, ["activityId"], getActivity(clients)),
    line("GET", "/agents", STATEMENT_READMINE, ["agent"], getPerson(clients)),
    line("GET", "/about", undefined, [], getAbout(clients)),
  ];
}
