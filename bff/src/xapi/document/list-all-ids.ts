import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { DocumentStore } from "./document-store.ts";

/** Ids asked for at once, the most the contract allows. */
export const PAGE_SIZE = 500;

/** All ids of a scope: the specification answers them in one array. */
export async function listAllIds<Scope>(
  store: DocumentStore<Scope>,
  scope: Scope,
  since: Timestamp | undefined,
): Promise<string[]> {
  const all: string[] = [];
  let pageToken = "";
  do {
    const { ids, nextPageToken } = await store.list(scope, since, pageToken);
    all.push(...ids);
    pageToken = nextPageToken;
  } while (pageToken !== "");
  return all;
}
