/** Reads an async iterable with each step run inside `run`, so that async context reaches a generator's body. */
export async function* iterateWith<T>(items: AsyncIterable<T>, run: <R>(step: () => R) => R): AsyncGenerator<T> {
  const iterator = run(() => items[Symbol.asyncIterator]());
  try {
    for (;;) {
      const { value, done } = await run(() => iterator.next());
      if (done) return;
      yield value;
    }
  } finally {
    await run(() => iterator.return?.());
  }
}
