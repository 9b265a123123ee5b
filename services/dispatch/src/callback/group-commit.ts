/** Writes items, several together when they arrive at once or while others are being written. */
export interface GroupCommit<Item, Answer> {
  /** Resolves when the item is on disk. */
  write(item: Item): Promise<Answer>;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
}

const MOST_ITEMS = 256;
const ATTEMPTS = 5;
/** serialization_failure and deadlock_detected: nothing was written, and writing again may do. */
const PASSING = new Set(["40001", "40P01"]);

/**
 * One transaction at a time: what arrives meanwhile is the next group, so that groups grow with the load and a single item never waits.
 * @param write one transaction for some items; answers for each, in their order.
 */
export function groupCommit<Item, Answer>(
  write: (items: readonly Item[]) => Promise<readonly Answer[]>,
): GroupCommit<Item, Answer> {
  const queue: Waiting<Item, Answer>[] = [];
  let busy = false;

  const writeGroup = async (group: readonly Waiting<Item, Answer>[]): Promise<void> => {
    try {
      const answers = await again(() => write(group.map(({ item }) => item)));
      for (const [index, { settle, fail }] of group.entries()) {
        const answer = answers[index];
        if (answer === undefined) fail(new Error("an item was not answered"));
        else settle(answer);
      }
    } catch (error) {
      if (group.length === 1) return group[0]?.fail(error);
      // One item may be what fails the transaction; the others must not suffer for it.
      for (const member of group) await writeGroup([member]);
    }
  };

  const pump = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    // What the sockets have brought by now goes into one group; it is read before any of it is written.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (queue.length > 0) await writeGroup(queue.splice(0, MOST_ITEMS));
    busy = false;
  };

  return {
    write: (item) =>
      new Promise((settle, fail) => {
        queue.push({ item, settle, fail });
        void pump();
      }),
  };
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (attempt >= ATTEMPTS || !PASSING.has(code)) throw error;
    }
  }
}
