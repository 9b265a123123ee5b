import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";

const MAX_TAGS = 100;
const MAX_LENGTH = 100;

/** Tags without blanks around them, empty ones and repetitions (whatever their case). @throws FIELD_INVALID */
export function cleanTags(field: string, tags: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const tag of tags.map((it) => it.trim())) {
    if (tag.length > MAX_LENGTH) throw fieldInvalid(field, `a tag has at most ${MAX_LENGTH} characters`);
    if (tag !== "" && !seen.has(tag.toLowerCase())) seen.set(tag.toLowerCase(), tag);
  }
  if (seen.size > MAX_TAGS) throw fieldInvalid(field, `there may be at most ${MAX_TAGS} tags`);
  return [...seen.values()];
}

/** Tags as filters compare them. */
export function tagKeysOf(tags: readonly string[]): string[] {
  return tags.map((tag) => tag.trim().toLowerCase());
}

/** What lists search: name, external id and tags in lower case; a line break between them, so that no query matches across two. */
export function searchTextOf(name: string, externalId: string, tags: readonly string[]): string {
  return [name, externalId, ...tags].join("\n").toLowerCase();
}
