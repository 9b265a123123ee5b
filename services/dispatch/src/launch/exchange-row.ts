import { createHash } from "node:crypto";
import type pg from "pg";
import { keyedHash } from "../signing_key/keyed-hash.ts";
import type { OpenedKey } from "../signing_key/signing-keys.ts";
import type { ExchangeKind } from "./launch-request.ts";

/** An exchange as it is stored. */
export interface ExchangeRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly dispatch_id: string;
  readonly external_session_id: string;
  readonly kind: ExchangeKind;
  readonly deployment_id: string | null;
  readonly package_id: string | null;
  readonly request_id: string;
  readonly request_hash: string;
  readonly signing_key_id: string;
  readonly code_hash: Buffer;
  readonly expires_at: Date;
  readonly redeemed_at: Date | null;
  /** Of the redemption, so that its answer can be given again; null when it named none. */
  readonly redeem_request_id: string | null;
  readonly replayed_at: Date | null;
  readonly launch_id: string | null;
  /** Time of the session before this launch, text as all counts of 64 bits. */
  readonly seconds_before: string;
  readonly locale: string;
  readonly parent_origin: string;
  readonly ip_address: string;
  readonly user_agent: string;
  readonly return_url: string;
  readonly created_at: Date;
}

/** How long a code works, milliseconds. */
export const CODE_MS = 60_000;

/** The code of an exchange. It can be made again for whoever repeats the request; only its hash is stored. */
export function codeOf({ key }: OpenedKey, exchangeId: string): string {
  return keyedHash(key, "code", exchangeId).toString("base64url");
}

/** SHA-256; enough for a code of 256 bits. */
export function hashOfCode(code: string): Buffer {
  return createHash("sha256").update(code).digest();
}

/** The exchange that a request opened before. */
export async function exchangeOfRequest(
  client: pg.ClientBase,
  dispatchId: string,
  requestId: string,
): Promise<ExchangeRow | undefined> {
  const { rows } = await client.query<ExchangeRow>(
    "select * from launch_exchange where dispatch_id = $1 and request_id = $2",
    [dispatchId, requestId],
  );
  return rows[0];
}

const COLUMNS = [
  "id",
  "tenant_id",
  "dispatch_id",
  "external_session_id",
  "kind",
  "deployment_id",
  "package_id",
  "request_id",
  "request_hash",
  "signing_key_id",
  "code_hash",
  "expires_at",
  "seconds_before",
  "locale",
  "parent_origin",
  "ip_address",
  "user_agent",
  "return_url",
  "created_at",
] as const satisfies readonly (keyof ExchangeRow)[];

/** An exchange that is opened now. */
export type NewExchange = Pick<ExchangeRow, (typeof COLUMNS)[number]>;

/** Writes an exchange. */
export async function insertExchange(client: pg.ClientBase, row: NewExchange): Promise<ExchangeRow> {
  const { rows } = await client.query<ExchangeRow>(
    `insert into launch_exchange (${COLUMNS.join(", ")}) values (${COLUMNS.map((_, index) => `$${index + 1}`).join(", ")}) returning *`,
    COLUMNS.map((column) => row[column]),
  );
  const [written] = rows;
  if (written === undefined) throw new Error("the exchange was not written");
  return written;
}
