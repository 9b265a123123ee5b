/** What people look for first: where the learner is, and what counts. Clocks and book-keeping come last. */
const RANKS: readonly (readonly [pattern: RegExp, rank: number])[] = [
  [/^(current|suspended) activity$/, 0],
  [/satisfied status|measure$|completion status/, 1],
  [/attempt count|available children|is active|is suspended/, 2],
  [/score|completion amount/, 3],
];
const LAST = 4;

/** Changes in the order of what they mean; of the same meaning in the order they came. */
export function changesByMeaning<Change extends { readonly name: string }>(changes: readonly Change[]): Change[] {
  const rank = ({ name }: Change) => RANKS.find(([pattern]) => pattern.test(name))?.[1] ?? LAST;
  return changes.toSorted((a, b) => rank(a) - rank(b));
}
