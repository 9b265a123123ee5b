/** Learners of one part of a set: 65,536 numbers. */
export const PART_SIZE = 65_536;
/** Bytes of a part that is kept as a map of bits. */
const MAP_BYTES = PART_SIZE / 8;
/** From so many members on a map is shorter than a list of two bytes each; no list is as long as a map. */
const MAP_FROM = MAP_BYTES / 2;

/** A column that holds all lists of a group of parts, and one with all its maps; as text, which costs half of what bytes cost as hex digits. */
export const MERGED_MEMBERS = `encode(string_agg(members, '') filter (where length(members) < ${MAP_BYTES}), 'base64') as lists,
  encode(string_agg(members, '') filter (where length(members) = ${MAP_BYTES}), 'base64') as maps`;

/** What `MERGED_MEMBERS` gives. */
export interface MergedMembers {
  readonly lists: string | null;
  readonly maps: string | null;
}

/** Reads the numbers within a part. */
export function readMembers(bytes: Buffer): number[] {
  const numbers: number[] = [];
  if (bytes.length === MAP_BYTES) forEachBit(bytes, (number) => numbers.push(number));
  else for (let index = 0; index < bytes.length; index += 2) numbers.push(bytes.readUInt16BE(index));
  return numbers;
}

/** A list of two bytes each, ascending, most significant byte first; or a map. */
export function writeMembers(numbers: Iterable<number>): Buffer {
  const sorted = Uint16Array.from(numbers).toSorted();
  if (sorted.length >= MAP_FROM) {
    const map = Buffer.alloc(MAP_BYTES);
    for (const number of sorted) setBit(map, number);
    return map;
  }
  const bytes = Buffer.allocUnsafe(sorted.length * 2);
  for (const [index, number] of sorted.entries()) bytes.writeUInt16BE(number, index * 2);
  return bytes;
}

/** Union of sets. */
export interface Union {
  add(part: number, members: MergedMembers): void;
  addOne(learnerNo: number): void;
  /** How many are in it. */
  readonly size: number;
  /** Calls for each member. */
  forEach(take: (learnerNo: number) => void): void;
}

export function union(): Union {
  const parts = new Map<number, Uint8Array>();
  const partOf = (part: number): Uint8Array => {
    const known = parts.get(part) ?? new Uint8Array(MAP_BYTES);
    parts.set(part, known);
    return known;
  };
  return {
    add(part, { lists, maps }) {
      const seen = partOf(part);
      const list = Buffer.from(lists ?? "", "base64");
      for (let index = 0; index < list.length; index += 2)
        setBit(seen, ((list[index] ?? 0) << 8) | (list[index + 1] ?? 0));
      const map = Buffer.from(maps ?? "", "base64");
      for (let index = 0; index < map.length; index += 1)
        seen[index % MAP_BYTES] = (seen[index % MAP_BYTES] ?? 0) | (map[index] ?? 0);
    },
    addOne: (learnerNo) => setBit(partOf(Math.floor(learnerNo / PART_SIZE)), learnerNo % PART_SIZE),
    get size() {
      let size = 0;
      for (const seen of parts.values()) size += countBits(seen);
      return size;
    },
    forEach(take) {
      for (const [part, seen] of parts) forEachBit(seen, (number) => take(part * PART_SIZE + number));
    },
  };
}

/** Four bytes at once; a part's map begins where words do. */
function countBits(map: Uint8Array): number {
  const words = new Uint32Array(map.buffer, map.byteOffset, map.length / 4);
  let size = 0;
  for (let place = 0; place < words.length; place += 1) {
    let bits = words[place] ?? 0;
    if (bits === 0) continue;
    bits -= (bits >>> 1) & 0x55555555;
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
    size += (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return size;
}

function setBit(map: Uint8Array, number: number): void {
  const place = number >> 3;
  map[place] = (map[place] ?? 0) | (1 << (number & 7));
}

function forEachBit(map: Uint8Array, take: (number: number) => void): void {
  for (let place = 0; place < map.length; place += 1) {
    let bits = map[place] ?? 0;
    while (bits !== 0) {
      const lowest = bits & -bits;
      take(place * 8 + 31 - Math.clz32(lowest));
      bits ^= lowest;
    }
  }
}
