/** Which page of a list. */
export interface PageOf {
  readonly pageSize: number;
  readonly pageToken: string;
}

interface ListAnswer {
  readonly page?: { readonly nextPageToken: string } | undefined;
}

/**
 * All rows of a list, read page by page while they are asked for.
 * @param read one page: `(page) => coursemesh.course.courses.listCourses({ page })`.
 * @param itemsOf the rows of an answer: `(answer) => answer.courses`.
 */
export async function* eachItem<Answer extends ListAnswer, Item>(
  read: (page: PageOf) => Promise<Answer>,
  itemsOf: (answer: Answer) => readonly Item[],
  pageSize = 100,
): AsyncGenerator<Item> {
  let pageToken = "";
  do {
    const answer = await read({ pageSize, pageToken });
    yield* itemsOf(answer);
    pageToken = answer.page?.nextPageToken ?? "";
  } while (pageToken !== "");
}
