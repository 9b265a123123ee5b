import { createHash } from "node:crypto";
import { Code } from "@connectrpc/connect";
import { serviceError } from "../errors/service-error.ts";

/** Rows a list gives when nobody asks for a number. */
export const DEFAULT_PAGE_SIZE = 50;

/** Keys of the last row of a page, in the order of the list's sort. */
export type PageKeys = readonly (string | number)[];

interface PageRequestLike {
  readonly pageSize: number;
  readonly pageToken: string;
}

/** Where a page begins and how long it is. */
export interface PageStart {
  readonly limit: number;
  /** Keys of the row before the page; undefined on the first. */
  readonly after: PageKeys | undefined;
}

/**
 * Reads a page request of one list.
 * @param list what is listed and how it is filtered; a token of another list or filter is refused.
 * @throws PAGE_TOKEN_INVALID
 */
export function readPageRequest(page: PageRequestLike | undefined, list: string): PageStart {
  const limit = page?.pageSize || DEFAULT_PAGE_SIZE;
  if (!page?.pageToken) return { limit, after: undefined };
  const [fingerprint, keys] = decode(page.pageToken);
  if (fingerprint !== fingerprintOf(list) || !Array.isArray(keys)) throw pageTokenInvalid();
  return { limit, after: keys as PageKeys };
}

/** Makes the token of the page after the row with these keys. */
export function pageToken(list: string, keys: PageKeys): string {
  return Buffer.from(JSON.stringify([fingerprintOf(list), keys])).toString("base64url");
}

/**
 * Cuts rows that were read with `limit + 1` to the page, with the token of the next.
 * @param keysOf the sort keys of a row.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  start: PageStart,
  list: string,
  keysOf: (row: Row) => PageKeys,
): { rows: Row[]; nextPageToken: string } {
  const cut = rows.slice(0, start.limit);
  const last = cut.at(-1);
  const nextPageToken = rows.length > start.limit && last !== undefined ? pageToken(list, keysOf(last)) : "";
  return { rows: cut, nextPageToken };
}

function decode(token: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function fingerprintOf(list: string): string {
  return createHash("sha256").update(list).digest("base64url").slice(0, 10);
}

function pageTokenInvalid(): Error {
  return serviceError(
    Code.InvalidArgument,
    "PAGE_TOKEN_INVALID",
    "page_token does not belong to this list; begin with an empty one",
  );
}
