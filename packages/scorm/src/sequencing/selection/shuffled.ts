/** The values in a random order (Fisher and Yates), each order equally likely. `random` answers from 0 up to, not including, 1. */
export function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
  const drawn: Value[] = [];
  const left = [...values];
  while (left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn;
}
