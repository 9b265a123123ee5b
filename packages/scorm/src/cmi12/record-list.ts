/**
 * A list of flat records that is written in place and read as an immutable snapshot: a record is copied the first time it is written after a
 * snapshot, so a snapshot of a thousand interactions costs a thousand pointers and no text.
 */
export class RecordList<T extends object> {
  #records: T[];
  /** Whether a record was copied or made since the last snapshot. */
  #owned: boolean[] = [];
  #snapshot: readonly T[] | undefined;
  readonly #copy: (record: T) => T;
  readonly #blank: () => T;

  constructor(records: readonly T[], copy: (record: T) => T, blank: () => T) {
    this.#snapshot = records;
    this.#records = records as T[];
    this.#copy = copy;
    this.#blank = blank;
  }

  get length(): number {
    return this.#records.length;
  }

  at(index: number): T | undefined {
    return this.#records[index];
  }

  /** The record to write to; the index one past the end makes a new one. */
  writable(index: number): T {
    if (this.#snapshot !== undefined) {
      this.#records = this.#records.slice();
      this.#owned = [];
      this.#snapshot = undefined;
    }
    let record = this.#records[index];
    if (record === undefined) record = this.#blank();
    else if (this.#owned[index]) return record;
    else record = this.#copy(record);
    this.#records[index] = record;
    this.#owned[index] = true;
    return record;
  }

  /** The same array until something is written. */
  snapshot(): readonly T[] {
    this.#snapshot ??= this.#records;
    return this.#snapshot;
  }
}
