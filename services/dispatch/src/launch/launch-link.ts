import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import { seal, unseal } from "@coursemesh/platform/secrets/seal.ts";
import {
  type CreateLaunchLinkRequest,
  CreateLaunchLinkRequestSchema,
  type CreateLaunchLinkResponse,
  CreateLaunchLinkResponseSchema,
  HostLearnerSchema,
  type OpenLaunchLinkRequest,
} from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { requireDispatch } from "../dispatch/dispatch.repository.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { isSameHash, keyedHash } from "../signing_key/keyed-hash.ts";
import type { OpenedKey } from "../signing_key/signing-keys.ts";
import { findDispatch } from "./dispatch-facts.ts";
import { exchangeKinds } from "./launch-request.ts";
import { type LaunchOutcome, openLaunch } from "./open-launch.ts";

interface LinkRow {
  readonly id: string;
  readonly dispatch_id: string;
  readonly sealed_learner: string;
  readonly signing_key_id: string;
  readonly return_url: string;
  readonly request_hash: string;
  readonly expires_at: Date;
}

const PREFIX = "cml1";

/** Makes a link that starts a dispatch for one learner; the learner is in none of its letters. @throws DISPATCH_NOT_FOUND, FIELD_INVALID */
export async function createLaunchLink(
  parts: DispatchParts,
  tenantId: string,
  request: CreateLaunchLinkRequest,
  createdBy: string,
): Promise<CreateLaunchLinkResponse> {
  const { learner, requestId, dispatchId, returnUrl, expireSeconds } = request;
  if (learner === undefined || learner.id.trim() === "") throw fieldInvalid("learner.id", "must not be empty");
  if (returnUrl !== "" && !/^https?:/i.test(returnUrl))
    throw fieldInvalid("return_url", "must be an http or https URL");
  // The hash leaves no trace of the learner that could be guessed at.
  const hash = keyedHash(parts.sealKey, "link", requestHash(CreateLaunchLinkRequestSchema, request)).toString(
    "base64url",
  );
  const now = parts.now();
  const current = await parts.keys.current(tenantId);
  const row = await inTenant(parts.pool(), tenantId, async (client) => {
    await requireDispatch(client, tenantId, { case: "id", value: dispatchId });
    const sealed = seal(parts.sealKey, toBinary(HostLearnerSchema, learner));
    const expiresAt = new Date(now.getTime() + expireSeconds * 1000);
    await client.query(
      `insert into launch_link (id, tenant_id, dispatch_id, sealed_learner, signing_key_id, return_url, request_id, request_hash,
         created_by, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (tenant_id, request_id) do nothing`,
      [uuidV7(), tenantId, dispatchId, sealed, current.id, returnUrl, requestId, hash, createdBy, now, expiresAt],
    );
    const query = "select * from launch_link where tenant_id = $1 and request_id = $2";
    return (await client.query<LinkRow>(query, [tenantId, requestId])).rows[0];
  });
  if (row?.request_hash !== hash) throw requestIdReused(requestId);
  const key = row.signing_key_id === current.id ? current : await parts.keys.byId(row.signing_key_id);
  if (key === undefined) throw errors.exchangeInvalid();
  return create(CreateLaunchLinkResponseSchema, {
    url: `${parts.config.PUBLIC_URL.replace(/\/+$/, "")}/dispatch/v1/links/${linkToken(key, row.id)}`,
    expireTime: timestampFromDate(row.expires_at),
  });
}

/** Opens a link, as often as it is used. @throws EXCHANGE_INVALID */
export async function openLaunchLink(
  parts: DispatchParts,
  { token, host: facts }: OpenLaunchLinkRequest,
  take: (dispatchId: string) => void,
): Promise<{ readonly outcome: LaunchOutcome; readonly returnUrl: string }> {
  if (facts === undefined) throw fieldInvalid("host", "is required");
  const link = await findLink(parts, token);
  take(link.dispatch_id);
  const learner = unseal(parts.sealKey, link.sealed_learner);
  if (learner === undefined) throw new Error("a launch link was sealed with another SECRETS_KEY");
  const dispatch = await findDispatch(parts.pool(), link.dispatch_id);
  const outcome = await openLaunch(parts, dispatch, {
    // Each opening of the page is a launch of its own.
    requestId: uuidV7(),
    requestHash: "",
    kind: exchangeKinds.link,
    dispatchId: dispatch.id,
    package: undefined,
    host: undefined,
    parentOrigin: "",
    facts,
    learner: fromBinary(HostLearnerSchema, learner),
    instanceToken: "",
    freshEntry: false,
    aicc: undefined,
    returnUrl: link.return_url,
  });
  return { outcome, returnUrl: link.return_url };
}

function linkToken({ id: keyId, key }: OpenedKey, linkId: string): string {
  return `${PREFIX}.${keyId}.${linkId}.${keyedHash(key, "link", linkId).toString("base64url")}`;
}

async function findLink(parts: DispatchParts, token: string): Promise<LinkRow> {
  const [prefix, keyId = "", linkId = "", hash = "", ...rest] = token.split(".");
  const key = prefix === PREFIX && rest.length === 0 ? await parts.keys.byId(keyId) : undefined;
  if (key === undefined || !isSameHash(hash, keyedHash(key.key, "link", linkId))) throw errors.exchangeInvalid();
  const row = await inTenant(parts.pool(), key.tenantId, async (client) => {
    const query = "select * from launch_link where tenant_id = $1 and id = $2 and expires_at > $3";
    return (await client.query<LinkRow>(query, [key.tenantId, linkId, parts.now()])).rows[0];
  });
  if (row === undefined) throw errors.exchangeInvalid();
  return row;
}
