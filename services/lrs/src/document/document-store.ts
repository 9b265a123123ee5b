import { createHash } from "node:crypto";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import type { Precondition } from "@coursemesh/proto/coursemesh/lrs/v1/document_pb.ts";
import type { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type pg from "pg";
import { documentNotMergeable, documentTooLarge, preconditionFailed, preconditionRequired } from "../errors.ts";
import { type DocumentScope, hashOf, RESOURCE_NUMBERS, scopeHash } from "./document-scope.ts";
import { isJson, isJsonText, mergeContents } from "./merge-contents.ts";
import { demandsPrecondition, isConditional, preconditionHolds } from "./precondition.ts";

/** A document as it is kept: type and bytes exactly as received. */
export interface StoredDocument {
  readonly id: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly etag: string;
  readonly updatedAt: Date;
}

/** One document's address. */
export interface DocumentAddress {
  readonly scope: DocumentScope;
  readonly id: string;
}

/** What a put or merge brings. */
export interface DocumentWrite {
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly precondition?: Precondition | undefined;
  readonly version: XapiVersion;
}

/** Documents of one organization at a time. Writes answer the new ETag. */
export interface DocumentStore {
  find(tenantId: string, address: DocumentAddress): Promise<StoredDocument | undefined>;
  /** Ids in order of their code points, one more than asked for. Without registration: of all registrations, each id once. */
  list(tenantId: string, scope: DocumentScope, since: Date | undefined, start: PageStart): Promise<string[]>;
  count(tenantId: string, scope: DocumentScope, since: Date | undefined): Promise<bigint>;
  /** @throws PRECONDITION_FAILED, PRECONDITION_REQUIRED */
  put(tenantId: string, address: DocumentAddress, write: DocumentWrite): Promise<string>;
  /** @throws PRECONDITION_FAILED, DOCUMENT_NOT_MERGEABLE, DOCUMENT_TOO_LARGE */
  merge(tenantId: string, address: DocumentAddress, write: DocumentWrite): Promise<string>;
  /** Absent is success. @throws PRECONDITION_FAILED */
  remove(tenantId: string, address: DocumentAddress, precondition: Precondition | undefined): Promise<void>;
  /** Without registration: of all registrations. */
  removeAll(tenantId: string, scope: DocumentScope): Promise<void>;
}

/** First key of the advisory locks on documents; the second says which. */
const DOCUMENT_LOCK = 7_255_310;
/** Bytes of one document, also after merging; the contract's limit for what is received. */
const MAX_BYTES = 4_194_304;

type Row = Pick<StoredDocument, "content"> & {
  document_id: string;
  content_type: string;
  etag: string;
  updated_at: Date;
};
const COLUMNS = "document_id, content_type, content, etag, updated_at";
const ONE = "tenant_id = $1 and scope = $2 and registration is not distinct from $3::uuid and document_hash = $4";
const MANY =
  "tenant_id = $1 and scope = $2 and ($3::uuid is null or registration = $3::uuid) and ($4::timestamptz is null or updated_at > $4::timestamptz)";

export function documentStore(pool: () => pg.Pool, now: () => Date): DocumentStore {
  const read = async (client: pg.ClientBase, key: unknown[], lock = ""): Promise<StoredDocument | undefined> => {
    const { rows } = await client.query<Row>(`select ${COLUMNS} from document where ${ONE} ${lock}`, key);
    return rows[0] && documentOf(rows[0]);
  };
  /**
   * Runs a change of one document alone: the advisory lock also holds where there is no row yet, and the row's own lock makes a mass
   * deletion wait. Reading, judging the condition and writing are therefore one step, and no merge is lost.
   */
  const change = <T>(
    tenantId: string,
    { scope, id }: DocumentAddress,
    work: (client: pg.ClientBase, key: unknown[], present: StoredDocument | undefined) => Promise<T>,
  ): Promise<T> =>
    inTenant(pool(), tenantId, async (client) => {
      const key = keyOf(tenantId, scope, id);
      await client.query("select pg_advisory_xact_lock($1, hashtext($2))", [DOCUMENT_LOCK, JSON.stringify(key)]);
      return work(client, key, await read(client, key, "for update"));
    });
  const write = async (
    client: pg.ClientBase,
    key: unknown[],
    { scope, id }: DocumentAddress,
    contentType: string,
    content: Uint8Array,
  ): Promise<string> => {
    const etag = etagOf(content);
    await client.query(
      `insert into document (tenant_id, scope, registration, document_hash, id, resource, document_id, activity_id, agent_key,
         content_type, content, etag, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       on conflict (tenant_id, scope, registration, document_hash) do update set
         content_type = excluded.content_type, content = excluded.content, etag = excluded.etag, updated_at = excluded.updated_at`,
      [
        ...key,
        uuidV7(),
        RESOURCE_NUMBERS[scope.resource],
        id,
        scope.activityId,
        scope.agentKey,
        contentType,
        Buffer.from(content.buffer, content.byteOffset, content.byteLength),
        etag,
        now(),
      ],
    );
    return etag;
  };

  return {
    find: (tenantId, { scope, id }) => inTenant(pool(), tenantId, (client) => read(client, keyOf(tenantId, scope, id))),
    list: (tenantId, scope, since, start) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `select distinct document_id collate "C" as id from document
           where ${MANY} and ($5::text is null or document_id collate "C" > $5) order by id limit $6`,
          [...scopeValues(tenantId, scope), since ?? null, start.after?.[0] ?? null, start.limit + 1],
        );
        return rows.map((row) => row.id);
      }),
    count: (tenantId, scope, since) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<{ count: string }>(
          `select count(distinct document_id) from document where ${MANY}`,
          [...scopeValues(tenantId, scope), since ?? null],
        );
        return BigInt(rows[0]?.count ?? 0);
      }),
    put: (tenantId, address, { contentType, content, precondition, version }) =>
      change(tenantId, address, (client, key, present) => {
        const demanded = demandsPrecondition(address.scope.resource, version, present !== undefined);
        if (demanded && !isConditional(precondition)) throw preconditionRequired({ etag: present?.etag ?? "" });
        demand(precondition, present);
        return write(client, key, address, typeOrUnknown(contentType), content);
      }),
    merge: (tenantId, address, { contentType, content, precondition }) =>
      change(tenantId, address, (client, key, present) => {
        demand(precondition, present);
        const merged = present ? mergeInto(present, contentType, content) : firstOf(contentType, content);
        if (merged.length > MAX_BYTES) throw documentTooLarge({ max_bytes: String(MAX_BYTES) });
        return write(client, key, address, typeOrUnknown(contentType), merged);
      }),
    remove: (tenantId, address, precondition) =>
      change(tenantId, address, async (client, key, present) => {
        demand(precondition, present);
        await client.query(`delete from document where ${ONE}`, key);
      }),
    removeAll: (tenantId, scope) =>
      inTenant(pool(), tenantId, async (client) => {
        await client.query(`delete from document where ${MANY}`, [...scopeValues(tenantId, scope), null]);
      }),
  };
}

/** Values of {@link ONE}. */
function keyOf(tenantId: string, scope: DocumentScope, id: string): unknown[] {
  return [...scopeValues(tenantId, scope), hashOf(id)];
}

function scopeValues(tenantId: string, scope: DocumentScope): unknown[] {
  return [tenantId, scopeHash(scope), scope.registration || null];
}

function demand(precondition: Precondition | undefined, present: StoredDocument | undefined): void {
  if (!preconditionHolds(precondition, present?.etag)) throw preconditionFailed({ etag: present?.etag ?? "" });
}

/** XAPI-00229, XAPI-00232: both have to be JSON objects. */
function mergeInto(present: StoredDocument, contentType: string, content: Uint8Array): Uint8Array {
  if (!isJson(contentType)) throw documentNotMergeable({ content_type: contentType });
  const merged = isJson(present.contentType) ? mergeContents(present.content, content) : undefined;
  if (merged === undefined) throw documentNotMergeable({ content_type: present.contentType });
  return merged;
}

/** XAPI-00233: a merge without a document stores what came. What calls itself JSON has to be JSON (XAPI-00235). */
function firstOf(contentType: string, content: Uint8Array): Uint8Array {
  if (isJson(contentType) && !isJsonText(content)) throw documentNotMergeable({ content_type: contentType });
  return content;
}

function typeOrUnknown(contentType: string): string {
  return contentType === "" ? "application/octet-stream" : contentType;
}

function etagOf(content: Uint8Array): string {
  return `"${createHash("sha1").update(content).digest("hex")}"`;
}

function documentOf(row: Row): StoredDocument {
  return {
    id: row.document_id,
    contentType: row.content_type,
    content: row.content,
    etag: row.etag,
    updatedAt: row.updated_at,
  };
}
