/** What lists search and filter by; always in lower case, as the query is. */
export interface SearchKeys {
  readonly searchText: string;
  readonly tagKeys: string[];
}

/** Made again whenever one of the three changes. */
export function searchKeysOf(course: {
  readonly title: string;
  readonly externalId: string;
  readonly tags: readonly string[];
}): SearchKeys {
  // A line break between them, so that no query matches across two.
  const searchText = [course.title, course.externalId, ...course.tags].join("\n").toLowerCase();
  return { searchText, tagKeys: course.tags.map((tag) => tag.toLowerCase()) };
}
