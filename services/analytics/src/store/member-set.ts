/** Learners of one part of a set: 65,536 numbers. */
export const PART_SIZE = 65_536;

/** Reads the numbers within a part. */
export function readMembers(bytes: Buffer): number[] {
  const numbers: number[] = [];
  for (let index = 0; index < bytes.length; index += 2) numbers.push(bytes.readUInt16BE(index));
  return numbers;
}

/** Two bytes each, ascending, most significant byte first. */
export function writeMembers(numbers: Iterable<number>): Buffer {
  const sorted = Uint16Array.from(numbers).toSorted();
  const bytes = Buffer.allocUnsafe(sorted.length * 2);
  for (const [index, number] of sorted.entries()) bytes.writeUInt16BE(number, index * 2);
  return bytes;
}

/** Union of sets, counted while it grows. */
export interface Union {
  add(part: number, members: Buffer): void;
  readonly size: number;
  /** Calls for each member. */
  forEach(take: (learnerNo: number) => void): void;
}

export function union(): Union {
  const parts = new Map<number, Uint8Array>();
  let size = 0;
  return {
    add(part, members) {
      let seen = parts.get(part);
      if (seen === undefined) {
        seen = new Uint8Array(PART_SIZE);
        parts.set(part, seen);
      }
      for (let index = 0; index < members.length; index += 2) {
        const number = ((members[index] ?? 0) << 8) | (members[index + 1] ?? 0);
        if (seen[number]) continue;
        seen[number] = 1;
        size += 1;
      }
    },
    get size() {
      return size;
    },
    forEach(take) {
      for (const [part, seen] of parts)
        for (const [number, is] of seen.entries()) if (is) take(part * PART_SIZE + number);
    },
  };
}
