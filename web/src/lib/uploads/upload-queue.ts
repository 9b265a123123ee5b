import { useSyncExternalStore } from "react";
import { sendFile } from "./send-file.ts";
import { type ImportWish, type UploadClient, UploadRefused } from "./upload-client.ts";

/** One file on its way. */
export interface UploadTask {
  /** Also the request id, so that the same file can be resumed. */
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly sentBytes: number;
  readonly state: "sending" | "waiting" | "interrupted" | "refused" | "imported";
  readonly message: string;
  readonly importId: string;
  readonly courseId: string;
}

interface Job {
  task: UploadTask;
  readonly file: File;
  readonly wish: Omit<ImportWish, "requestId">;
  stop: AbortController;
}

/** Uploads of this page; they go on while the person walks through other pages. */
export class UploadQueue {
  readonly #client: UploadClient;
  readonly #jobs = new Map<string, Job>();
  readonly #listeners = new Set<() => void>();
  #tasks: readonly UploadTask[] = [];

  constructor(client: UploadClient) {
    this.#client = client;
  }

  readonly tasks = (): readonly UploadTask[] => this.#tasks;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Sends a file and imports it; resolves with the import's id, or with undefined when it did not get there. */
  add(file: File, wish: Omit<ImportWish, "requestId"> = {}): Promise<string | undefined> {
    const id = resumableId(file, wish.courseId ?? "");
    const task: UploadTask = {
      id,
      name: file.name,
      size: file.size,
      sentBytes: 0,
      state: "sending",
      message: "",
      importId: "",
      courseId: wish.courseId ?? "",
    };
    const job = { task, file, wish, stop: new AbortController() };
    this.#jobs.set(id, job);
    return this.#run(job);
  }

  /** Goes on with an interrupted upload. */
  resume(id: string): Promise<string | undefined> {
    const job = this.#jobs.get(id);
    if (!job) return Promise.resolve(undefined);
    job.stop = new AbortController();
    return this.#run(job);
  }

  /** Stops an upload, or takes an ended one off the list. */
  dismiss(id: string): void {
    this.#jobs.get(id)?.stop.abort();
    this.#jobs.delete(id);
    forgetResumable(id);
    this.#publish();
  }

  async #run(job: Job): Promise<string | undefined> {
    const { file, stop } = job;
    this.#change(job, { state: "sending", message: "" });
    try {
      const uploadId = await sendFile(
        this.#client,
        file,
        job.task.id,
        (bytes, waiting) =>
          this.#change(
            job,
            waiting ? { state: "waiting" } : { state: "sending", sentBytes: Math.min(bytes, file.size) },
          ),
        stop.signal,
      );
      const importId = await this.#client.startImport(uploadId, { ...job.wish, requestId: job.task.id });
      forgetResumable(job.task.id);
      this.#change(job, { state: "imported", importId, sentBytes: file.size });
      return importId;
    } catch (error) {
      if (stop.signal.aborted) return undefined;
      const refused = error instanceof UploadRefused;
      if (refused) forgetResumable(job.task.id);
      this.#change(job, { state: refused ? "refused" : "interrupted", message: refused ? error.message : "" });
      return undefined;
    }
  }

  #change(job: Job, change: Partial<UploadTask>): void {
    if (this.#jobs.get(job.task.id) !== job) return;
    job.task = { ...job.task, ...change };
    this.#publish();
  }

  #publish(): void {
    this.#tasks = [...this.#jobs.values()].map((job) => job.task).reverse();
    for (const listener of this.#listeners) listener();
  }
}

const STORE = "coursemesh.uploads";

/** The same file chosen again, even after the tab was closed, continues the same upload. */
function resumableId(file: File, courseId: string): string {
  const key = `${courseId}:${file.name}:${file.size}:${file.lastModified}`;
  const known = readStore();
  const id = known[key] ?? crypto.randomUUID();
  writeStore({ ...known, [key]: id });
  return id;
}

function forgetResumable(id: string): void {
  writeStore(Object.fromEntries(Object.entries(readStore()).filter(([, kept]) => kept !== id)));
}

function readStore(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}

function writeStore(ids: Record<string, string>): void {
  try {
    localStorage.setItem(STORE, JSON.stringify(ids));
  } catch {
    // Without storage an upload can be resumed only while the page is open.
  }
}

/** The queue's tasks, newest first. */
export function useUploadTasks(queue: UploadQueue): readonly UploadTask[] {
  return useSyncExternalStore(queue.subscribe, queue.tasks);
}
