import { randomUUID } from "node:crypto";
import type { ImportRow } from "./import.entity.ts";
import type { ImportJob, ImportRepository } from "./import.repository.ts";

/** The import was canceled while it ran. */
export class ImportCanceled extends Error {
  override readonly name = "ImportCanceled";
}

/** Another process works on the import now, because this one was not heard of for too long. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/** How far an import is, as columns of its row. */
export type ProgressColumns = Pick<ImportRow, "bytesDone" | "bytesTotal" | "filesDone" | "filesTotal">;

/** Milliseconds between two writes of progress, so that many small files do not become many writes. */
const PROGRESS_MS = 300;
/** Milliseconds between two looks at whether the import was canceled. */
const LOOK_MS = 1_000;

/** The right to work on one import, kept up while the work goes on. */
export class ImportLease {
  readonly owner = randomUUID();
  /** Who worked on it before and never gave it back: a process that died, or that will find its lease gone. */
  previousOwner: string | undefined;
  readonly #imports: ImportRepository;
  readonly #job: ImportJob;
  readonly #seconds: number;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #progress: ProgressColumns | undefined;
  #lastWrite = 0;
  #lastLook = 0;
  #busy: Promise<void> | undefined;

  constructor(imports: ImportRepository, job: ImportJob, seconds: number) {
    this.#imports = imports;
    this.#job = job;
    this.#seconds = seconds;
  }

  /** Fires with {@link ImportCanceled} or {@link LeaseLost}. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Undefined: it has ended, or another process works on it. */
  async claim(): Promise<ImportRow | undefined> {
    const before = await this.#imports.find(this.#job.tenantId, this.#job.id);
    const row = await this.#imports.claim(this.#job, this.owner, this.#seconds);
    this.previousOwner = before?.leaseOwner ?? undefined;
    if (row) this.#timer = setInterval(() => this.#tick(), PROGRESS_MS);
    return row;
  }

  /** Remembers progress; it is written when the time has come. */
  report(progress: ProgressColumns): void {
    this.#progress = progress;
  }

  /** Writes the last progress and stops keeping the lease up. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
    await this.#write().catch(() => undefined);
  }

  #tick(): void {
    if (this.#busy) return;
    this.#busy = this.#keepUp()
      // The database may be away for a moment; should it be away for longer, the next look finds the lease gone.
      .catch(() => undefined)
      .finally(() => {
        this.#busy = undefined;
      });
  }

  async #keepUp(): Promise<void> {
    const now = Date.now();
    if (now - this.#lastWrite >= PROGRESS_MS) {
      this.#lastWrite = now;
      await this.#write();
    }
    if (now - this.#lastLook < LOOK_MS) return;
    this.#lastLook = now;
    const renewed = await this.#imports.renew(this.#job, this.owner, this.#seconds);
    if (!renewed) this.#abort.abort(new LeaseLost());
    else if (renewed.cancelRequested) this.#abort.abort(new ImportCanceled());
  }

  async #write(): Promise<void> {
    const progress = this.#progress;
    if (!progress) return;
    this.#progress = undefined;
    await this.#imports.change(this.#job, this.owner, progress);
  }
}
