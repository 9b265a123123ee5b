import type { FileHandle } from "node:fs/promises";
import yauzl from "yauzl";

/** Bytes read ahead for the small reads of a zip's directory and of small entries. */
const WINDOW = 512 * 1024;

/**
 * Random access to a zip through one read-ahead window: a directory of thousands of entries costs some dozen reads instead
 * of two for each entry. Reads one after the other only.
 */
export class WindowReader extends yauzl.RandomAccessReader {
  readonly #file: FileHandle;
  readonly #window = Buffer.allocUnsafeSlow(WINDOW);
  #start = 0;
  #length = 0;

  constructor(file: FileHandle) {
    super();
    this.#file = file;
  }

  /** Bytes from `position`; fewer than `length` at the end of the file. The result is a view that the next call may overwrite. */
  async view(position: number, length: number): Promise<Buffer> {
    if (length > WINDOW) {
      const { bytesRead, buffer } = await this.#file.read(Buffer.allocUnsafeSlow(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    }
    if (position < this.#start || position + length > this.#start + this.#length) {
      this.#length = (await this.#file.read(this.#window, 0, WINDOW, position)).bytesRead;
      this.#start = position;
    }
    const from = position - this.#start;
    return this.#window.subarray(from, Math.min(from + length, this.#length));
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.view(position, length).then(
      (bytes) => {
        bytes.copy(target, offset);
        callback(null, bytes.length);
      },
      (error: Error) => callback(error),
    );
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}
