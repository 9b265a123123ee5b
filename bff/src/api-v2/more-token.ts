import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { type QueryParameters, queryParameters } from "../http/query-parameters.ts";

/** A list request: its filters, and where its page begins. */
export interface ListRequest {
  readonly query: QueryParameters;
  /** Empty on the first page. */
  readonly pageToken: string;
}

/**
 * Reads a list request. A `more` token carries the filters of the first page, because clients send it alone.
 * @throws PAGE_TOKEN_INVALID
 */
export function readListRequest(query: QueryParameters): ListRequest {
  const more = query.text("more");
  if (more === undefined) return { query, pageToken: "" };
  try {
    const [pageToken, raw] = JSON.parse(Buffer.from(more, "base64url").toString()) as [unknown, unknown];
    if (typeof pageToken === "string" && typeof raw === "object" && raw !== null)
      return { query: queryParameters(raw), pageToken };
  } catch {
    // Not ours, like any other text.
  }
  throw serviceError(Code.InvalidArgument, "PAGE_TOKEN_INVALID", "more: is not a token of this list");
}

/** `more` for the page after this one; undefined when this is the last. */
export function moreToken({ query }: ListRequest, nextPageToken: string | undefined): string | undefined {
  if (!nextPageToken) return undefined;
  return Buffer.from(JSON.stringify([nextPageToken, query.raw])).toString("base64url");
}
