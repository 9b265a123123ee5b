import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { seal } from "@coursemesh/platform/secrets/seal.ts";
import { type Secret, SecretSchema } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";
import type pg from "pg";
import { hintOf, secretKey } from "./webhook-secret.ts";

/** A secret as it is stored. */
export interface SecretRow {
  readonly id: string;
  readonly endpoint_id: string;
  readonly sealed: string;
  readonly hint: string;
  readonly request_id: string | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

/** Secrets that still sign. */
export const ACTIVE = "(expires_at is null or expires_at > now())";

/** Seals and writes a secret. @throws SECRET_INVALID */
export async function insertSecret(
  client: pg.ClientBase,
  key: Buffer,
  tenantId: string,
  endpointId: string,
  value: string,
  requestId: string | null = null,
): Promise<SecretRow> {
  secretKey(value);
  const { rows } = await client.query<SecretRow>(
    "insert into secret (id, tenant_id, endpoint_id, sealed, hint, request_id) values ($1, $2, $3, $4, $5, $6) returning *",
    [uuidV7(), tenantId, endpointId, seal(key, Buffer.from(value)), hintOf(value), requestId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the secret was not written");
  return row;
}

/** A secret without its value. */
export function toSecret(row: SecretRow): Secret {
  return create(SecretSchema, {
    id: row.id,
    endpointId: row.endpoint_id,
    hint: row.hint,
    createTime: timestampFromDate(row.created_at),
    ...(row.expires_at && { expireTime: timestampFromDate(row.expires_at) }),
    ...(row.last_used_at && { lastUseTime: timestampFromDate(row.last_used_at) }),
  });
}
