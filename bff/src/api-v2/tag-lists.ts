import { z } from "zod";

/** `TagListSchema` of the vendor's API. */
export const tagListSchema = z.object({ tags: z.array(z.string().min(1)).nullish() });

/** `BatchTagsSchema`: tags for several things. */
export const batchTagsSchema = z.object({ ids: z.array(z.string().min(1)), tags: z.array(z.string().min(1)) });

/** Tags with others added, each once whatever its case. */
export function withTags(tags: readonly string[], added: readonly string[]): string[] {
  const known = new Set(tags.map((tag) => tag.toLowerCase()));
  return [...tags, ...added.filter((tag) => !known.has(tag.toLowerCase()) && known.add(tag.toLowerCase()))];
}

/** Tags without others, whatever their case; none named means none left, as with the vendor. */
export function withoutTags(tags: readonly string[], removed: readonly string[]): string[] {
  if (removed.length === 0) return [];
  const gone = new Set(removed.map((tag) => tag.toLowerCase()));
  return tags.filter((tag) => !gone.has(tag.toLowerCase()));
}
