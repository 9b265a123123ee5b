import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";
import { attachmentHashMismatch, attachmentTooLarge } from "../errors.ts";
import type { AttachmentBlobs } from "./attachment-blobs.ts";

/** What is known of an attachment whose content is here. */
export interface StoredAttachment {
  readonly sha2: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  readonly blobHash: string;
  /** Ids of the callers that uploaded it. */
  readonly broughtBy: readonly string[];
}

/** An attachment on its way in. */
export interface NewAttachment {
  /** Lower-case hexadecimal SHA-224, -256, -384 or -512. */
  readonly sha2: string;
  readonly contentType: string;
  readonly callerId: string;
}

/** Attachments by their hash. */
export interface AttachmentStore {
  /**
   * Stores content that no statement need name yet; the same content again is harmless.
   * @throws ATTACHMENT_HASH_MISMATCH, ATTACHMENT_TOO_LARGE
   */
  put(
    tenantId: string,
    attachment: NewAttachment,
    content: AsyncIterable<Uint8Array> | Uint8Array,
  ): Promise<StoredAttachment>;
  /** Those of the hashes whose content is here, and stays for another day, so that a statement can be stored that names it. */
  claim(tenantId: string, hashes: readonly string[]): Promise<Map<string, StoredAttachment>>;
  /** Those of the hashes whose content is here. */
  find(tenantId: string, hashes: readonly string[]): Promise<Map<string, StoredAttachment>>;
  /** Streams content from an offset on. @param length bytes; to the end without it. */
  read(tenantId: string, attachment: StoredAttachment, offset?: number, length?: number): Readable;
  /** The whole content, for small ones. */
  readAll(tenantId: string, attachment: StoredAttachment): Promise<Buffer>;
}

const ALGORITHMS: Readonly<Record<number, string>> = { 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512" };
const COLUMNS = "sha2, blob_hash, content_type, size_bytes, brought_by";

interface Row {
  sha2: string;
  blob_hash: string;
  content_type: string;
  size_bytes: string;
  brought_by: string[];
}

/** @param maxBytes of one attachment. */
export function attachmentStore(
  pool: () => pg.Pool,
  blobs: AttachmentBlobs,
  maxBytes: number,
  now: () => Date,
): AttachmentStore {
  const find = async (client: pg.ClientBase, tenantId: string, hashes: readonly string[]) => {
    const { rows } = await client.query<Row>(
      `select ${COLUMNS} from attachment where tenant_id = $1 and sha2 = any($2)`,
      [tenantId, hashes],
    );
    return new Map(rows.map((row) => [row.sha2, attachmentOf(row)]));
  };
  return {
    async put(tenantId, { sha2, contentType, callerId }, content) {
      const seen = { size: 0 };
      const { blobHash } = await blobs.put(tenantId, checked(content, sha2, maxBytes, seen));
      return inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<Row>(
          `insert into attachment (tenant_id, sha2, blob_hash, content_type, size_bytes, brought_by, created_at, used)
           values ($1, $2, $3, $4, $5, array[$6], $7, false)
           on conflict (tenant_id, sha2) do update set created_at = excluded.created_at,
             brought_by = array(select distinct unnest(attachment.brought_by || excluded.brought_by))
           returning ${COLUMNS}`,
          [tenantId, sha2, blobHash, contentType || "application/octet-stream", seen.size, callerId, now()],
        );
        const [row] = rows;
        if (row === undefined) throw new Error("an inserted attachment was not returned");
        return attachmentOf(row);
      });
    },
    claim: (tenantId, hashes) =>
      inTenant(pool(), tenantId, async (client) => {
        // Waits for a sweep that is removing one of them, and makes a later sweep pass it over. In one order, against deadlocks.
        await client.query(
          `update attachment set created_at = $3 where not used and (tenant_id, sha2) in (
             select tenant_id, sha2 from attachment where tenant_id = $1 and sha2 = any($2) and not used order by sha2 for update
           )`,
          [tenantId, hashes, now()],
        );
        return find(client, tenantId, hashes);
      }),
    find: (tenantId, hashes) => inTenant(pool(), tenantId, (client) => find(client, tenantId, hashes)),
    read: blobs.read,
    readAll: blobs.readAll,
  };
}

/** Passes content on while it is hashed and counted; fails at its end when the hash is another, and nothing of it is kept. */
async function* checked(
  content: AsyncIterable<Uint8Array> | Uint8Array,
  sha2: string,
  maxBytes: number,
  seen: { size: number },
): AsyncGenerator<Uint8Array> {
  const algorithm = ALGORITHMS[sha2.length];
  if (algorithm === undefined) throw attachmentHashMismatch({ sha2, actual: "" }, "no SHA-2 is as long as this hash");
  const hash = createHash(algorithm);
  for await (const piece of content instanceof Uint8Array ? [content] : content) {
    seen.size += piece.length;
    if (seen.size > maxBytes) throw attachmentTooLarge({ max_bytes: String(maxBytes) });
    hash.update(piece);
    yield piece;
  }
  const actual = hash.digest("hex");
  if (actual !== sha2) throw attachmentHashMismatch({ sha2, actual });
}

function attachmentOf(row: Row): StoredAttachment {
  return {
    sha2: row.sha2,
    contentType: row.content_type,
    size: Number(row.size_bytes),
    blobHash: row.blob_hash,
    broughtBy: row.brought_by,
  };
}
