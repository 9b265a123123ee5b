import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { CallStore, StoredLaunch } from "./call-store.ts";
import { forgetDepartureNote, listDepartureNotes, readDepartureNote, writeDepartureNote } from "./departure-note.ts";

const databaseName = "coursemesh-player";
const calls = "calls";
const launches = "launches";

/** Calls in IndexedDB, and those made during unload in a departure note. Rejects when the browser has no usable IndexedDB. */
export async function openIndexedDbCallStore(): Promise<CallStore> {
  const opening = indexedDB.open(databaseName, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(calls);
    opening.result.createObjectStore(launches, { keyPath: "base" });
  };
  return new IndexedDbCallStore(await resultOf(opening));
}

class IndexedDbCallStore implements CallStore {
  readonly durable = true;
  readonly #database: IDBDatabase;

  constructor(database: IDBDatabase) {
    this.#database = database;
    // A later release of the player may upgrade the database in another tab; this tab goes on without a device copy then.
    database.onversionchange = () => database.close();
  }

  async add(launch: StoredLaunch, added: readonly JournalCall[]): Promise<void> {
    const transaction = this.#transaction("readwrite");
    transaction.objectStore(launches).put(launch);
    for (const call of added) transaction.objectStore(calls).put(call, [launch.base, call.seq]);
    await completionOf(transaction);
  }

  addNow(launch: StoredLaunch, added: readonly JournalCall[]): void {
    writeDepartureNote(launch, added);
  }

  async load(base: string): Promise<JournalCall[]> {
    const request = this.#transaction("readonly").objectStore(calls).getAll(callsOf(base));
    const found = new Map((await resultOf<JournalCall[]>(request)).map((call) => [call.seq, call]));
    for (const call of readDepartureNote(base)) found.set(call.seq, call);
    return [...found.values()].sort((a, b) => a.seq - b.seq);
  }

  async forget(base: string, seq: number): Promise<void> {
    forgetDepartureNote(base, seq);
    const transaction = this.#transaction("readwrite");
    transaction.objectStore(calls).delete(callsOf(base, seq));
    const left = transaction.objectStore(calls).count(callsOf(base));
    left.onsuccess = () => {
      if (left.result === 0) transaction.objectStore(launches).delete(base);
    };
    await completionOf(transaction);
  }

  async launches(): Promise<StoredLaunch[]> {
    const stored = await resultOf<StoredLaunch[]>(this.#transaction("readonly").objectStore(launches).getAll());
    const found = new Map([...listDepartureNotes(), ...stored].map((launch) => [launch.base, launch]));
    return [...found.values()];
  }

  #transaction(mode: IDBTransactionMode): IDBTransaction {
    // "strict": complete means flushed to the disk, because the learner is told that the progress is kept.
    return this.#database.transaction([calls, launches], mode, { durability: "strict" });
  }
}

function callsOf(base: string, last = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([base, 0], [base, last]);
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
