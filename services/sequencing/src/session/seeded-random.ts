/**
 * Numbers from 0 up to, not including, 1 that follow from a session's seed and a step's revision alone, so that a replay draws the same.
 * (A 32-bit mixer in the manner of splitmix; fair for shuffling, not for secrets.)
 */
export function seededRandom(seed: bigint, revision: number): () => number {
  let state = mix(Number(BigInt.asUintN(32, seed)) ^ mix(Number(BigInt.asUintN(32, seed >> 32n)) + revision));
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state) / 0x1_0000_0000;
  };
}

function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
