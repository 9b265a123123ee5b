import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { errors } from "../errors.ts";
import type { UploadRow } from "./upload.entity.ts";
import type { UploadRepository } from "./upload.repository.ts";
import type { UploadFolder } from "./upload-folder.ts";

/** Bytes after which arrived ones are acknowledged, so that a break costs little. */
const ACKNOWLEDGE_BYTES = 8 * 1024 * 1024;

/** What a writer needs. */
export interface UploadWriterDeps {
  readonly uploads: UploadRepository;
  readonly folder: UploadFolder;
  /** Bytes. */
  readonly maxBytes: number;
}

/** Writes the bytes of one stream behind those that the upload has. */
export class UploadWriter {
  readonly #deps: UploadWriterDeps;
  readonly #row: UploadRow;
  readonly #writer: string;
  readonly #file: FileHandle;
  readonly #last: boolean;
  #position: number;
  #acknowledged: number;

  private constructor(deps: UploadWriterDeps, row: UploadRow, writer: string, file: FileHandle, last: boolean) {
    this.#deps = deps;
    this.#row = row;
    this.#writer = writer;
    this.#file = file;
    this.#last = last;
    this.#position = row.receivedBytes;
    this.#acknowledged = row.receivedBytes;
  }

  /** @throws UPLOAD_NOT_FOUND, UPLOAD_OFFSET_WRONG */
  static async open(
    deps: UploadWriterDeps,
    tenantId: string,
    header: { readonly uploadId: string; readonly offset: bigint; readonly last: boolean },
  ): Promise<UploadWriter> {
    const writer = randomUUID();
    const offset = Number(header.offset);
    const row = await deps.uploads.takeWriter(tenantId, header.uploadId, offset, writer);
    if (!row) {
      const found = await deps.uploads.find(tenantId, header.uploadId);
      if (!found) throw errors.uploadNotFound({ id: header.uploadId });
      throw errors.uploadOffsetWrong({ offset: String(offset), expected: String(found.receivedBytes) });
    }
    const file = await open(deps.folder.uploadPath(row.id), constants.O_RDWR | constants.O_CREAT, 0o600);
    // Bytes behind the acknowledged ones came from a stream that broke; they are sent again.
    await file.truncate(row.receivedBytes);
    return new UploadWriter(deps, row, writer, file, header.last);
  }

  /** @throws UPLOAD_TOO_LARGE, UPLOAD_OFFSET_WRONG when another stream has taken over */
  async write(chunk: Uint8Array): Promise<void> {
    const end = this.#position + chunk.length;
    const limit = this.#row.sizeBytes || (this.#row.complete ? this.#row.receivedBytes : this.#deps.maxBytes);
    if (end > limit) throw errors.uploadTooLarge({ limit: String(limit) });
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await this.#file.write(chunk, done, chunk.length - done, this.#position);
      done += bytesWritten;
      this.#position += bytesWritten;
    }
    if (this.#position - this.#acknowledged >= ACKNOWLEDGE_BYTES) await this.#acknowledge(false);
  }

  /** The stream ended as it should. */
  async finish(): Promise<void> {
    const { sizeBytes } = this.#row;
    await this.#acknowledge(sizeBytes > 0 ? this.#position === sizeBytes : this.#last || this.#row.complete);
  }

  /** The stream broke: what arrived is kept. */
  async keep(): Promise<void> {
    if (this.#position > this.#acknowledged) await this.#acknowledge(this.#position === this.#row.sizeBytes);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #acknowledge(complete: boolean): Promise<void> {
    const { uploads, folder } = this.#deps;
    const { tenantId, id } = this.#row;
    await this.#file.datasync();
    if (this.#acknowledged === 0) await folder.sync();
    if (!(await uploads.acknowledge(tenantId, id, this.#writer, this.#position, complete))) {
      throw errors.uploadOffsetWrong(
        { offset: String(this.#acknowledged), expected: "" },
        "another stream writes this upload now",
      );
    }
    this.#acknowledged = this.#position;
  }
}
