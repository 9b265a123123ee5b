import { crc32, deflateRawSync } from "node:zlib";

/** A zip entry whose records may say anything. What is left out is said truthfully. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** 0 stores, 8 deflates, anything else is only claimed. Default 8. */
  readonly method?: number;
  /** Bytes in place of the compressed content. */
  readonly data?: Uint8Array;
  readonly crc?: number;
  readonly size?: number;
  readonly compressedSize?: number;
  /** General purpose flags. Default: UTF-8. */
  readonly flags?: number;
  /** System that made the entry: 0 FAT, 3 Unix. Default 3. */
  readonly host?: number;
  /** Unix mode. Default: a regular file. */
  readonly mode?: number;
  /** External attributes whole, instead of `mode`. */
  readonly attributes?: number;
  readonly extra?: Uint8Array;
  /** What the local header says differently. */
  readonly local?: {
    readonly name?: string;
    readonly method?: number;
    readonly size?: number;
    readonly signature?: number;
  };
  /** Sizes follow the data instead of standing in the local header. */
  readonly descriptor?: boolean;
  /** Sizes and offset in the 64-bit field. */
  readonly zip64?: boolean;
  /** Writes no local record; the directory points to this offset. */
  readonly offset?: number;
}

/** What the end of the zip says, where it lies. */
export interface RawEnd {
  readonly prefix?: Uint8Array;
  readonly suffix?: Uint8Array;
  readonly comment?: Uint8Array;
  readonly disk?: number;
  readonly count?: number;
  readonly directoryOffset?: number;
  /** Adds the 64-bit end records, with this number of entries. */
  readonly zip64Count?: number;
}

const UTF8 = 0x800;
const DESCRIPTOR = 0x8;
const BIG = 0xffffffff;

/** Writes a zip, lies included. */
export function rawZip(entries: readonly RawEntry[], end: RawEnd = {}): Buffer {
  const pieces: Buffer[] = [Buffer.from(end.prefix ?? [])];
  const directory: Buffer[] = [];
  let position = pieces[0]?.length ?? 0;
  for (const entry of entries) {
    const facts = factsOf(entry);
    const offset = entry.offset ?? position;
    if (entry.offset === undefined) {
      const local = localRecord(entry, facts);
      pieces.push(local);
      position += local.length;
    }
    directory.push(directoryRecord(entry, facts, offset));
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([...pieces, list, endRecords(entries.length, list.length, position, end)]);
}

interface Facts {
  readonly name: Buffer;
  readonly data: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly compressedSize: number;
  readonly flags: number;
}

function factsOf(entry: RawEntry): Facts {
  const content = Buffer.from(entry.content ?? "");
  const method = entry.method ?? 8;
  const data = Buffer.from(entry.data ?? (method === 8 ? deflateRawSync(content) : content));
  return {
    name: Buffer.from(entry.name),
    data,
    method,
    crc: entry.crc ?? crc32(content),
    size: entry.size ?? content.length,
    compressedSize: entry.compressedSize ?? data.length,
    flags: (entry.flags ?? UTF8) | (entry.descriptor ? DESCRIPTOR : 0),
  };
}

function localRecord(entry: RawEntry, facts: Facts): Buffer {
  const name = Buffer.from(entry.local?.name ?? facts.name);
  const extra = entry.zip64 ? zip64Field([facts.size, facts.compressedSize]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(entry.local?.signature ?? 0x04034b50, 0);
  header.writeUInt16LE(entry.zip64 ? 45 : 20, 4);
  header.writeUInt16LE(facts.flags, 6);
  header.writeUInt16LE(entry.local?.method ?? facts.method, 8);
  if (!entry.descriptor) {
    header.writeUInt32LE(facts.crc, 14);
    header.writeUInt32LE(entry.zip64 ? BIG : facts.compressedSize, 18);
    header.writeUInt32LE(entry.zip64 ? BIG : (entry.local?.size ?? facts.size), 22);
  }
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra, facts.data, entry.descriptor ? descriptorOf(facts) : Buffer.alloc(0)]);
}

function descriptorOf(facts: Facts): Buffer {
  const record = Buffer.alloc(16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(facts.crc, 4);
  record.writeUInt32LE(facts.compressedSize, 8);
  record.writeUInt32LE(facts.size, 12);
  return record;
}

function directoryRecord(entry: RawEntry, facts: Facts, offset: number): Buffer {
  const extra = Buffer.concat([
    entry.zip64 ? zip64Field([facts.size, facts.compressedSize, offset]) : Buffer.alloc(0),
    Buffer.from(entry.extra ?? []),
  ]);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(((entry.host ?? 3) << 8) | 30, 4);
  record.writeUInt16LE(entry.zip64 ? 45 : 20, 6);
  record.writeUInt16LE(facts.flags, 8);
  record.writeUInt16LE(facts.method, 10);
  record.writeUInt32LE(facts.crc, 16);
  record.writeUInt32LE(entry.zip64 ? BIG : facts.compressedSize, 20);
  record.writeUInt32LE(entry.zip64 ? BIG : facts.size, 24);
  record.writeUInt16LE(facts.name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(entry.attributes ?? ((entry.mode ?? 0o100644) << 16) >>> 0, 38);
  record.writeUInt32LE(entry.zip64 ? BIG : offset, 42);
  return Buffer.concat([record, facts.name, extra]);
}

function zip64Field(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(values.length * 8, 2);
  values.forEach((value, index) => {
    field.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  });
  return field;
}

function endRecords(count: number, directorySize: number, directoryOffset: number, end: RawEnd): Buffer {
  const comment = Buffer.from(end.comment ?? []);
  const offset = end.directoryOffset ?? directoryOffset;
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(end.disk ?? 0, 4);
  record.writeUInt16LE(end.disk ?? 0, 6);
  const said = end.zip64Count === undefined ? (end.count ?? count) : 0xffff;
  record.writeUInt16LE(said, 8);
  record.writeUInt16LE(said, 10);
  record.writeUInt32LE(directorySize, 12);
  record.writeUInt32LE(end.zip64Count === undefined ? offset : BIG, 16);
  record.writeUInt16LE(comment.length, 20);
  const big = end.zip64Count === undefined ? [] : zip64End(end.zip64Count, directorySize, offset);
  return Buffer.concat([...big, record, comment, Buffer.from(end.suffix ?? [])]);
}

function zip64End(count: number, directorySize: number, directoryOffset: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(directorySize), 40);
  record.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryOffset + directorySize), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}
