import type { FileHandle } from "node:fs/promises";
import type { PackageSink, StoredFile } from "./package-sink.ts";
import type { PackageEntry } from "./zip/package-entry.ts";
import { isSmall, locateData, unpackLarge, unpackSmall } from "./zip/read-entry.ts";
import type { WindowReader } from "./zip/window-reader.ts";

/** Files that are unpacked and stored at the same time. */
const AT_ONCE = 4;

/** What storing the files of a package takes. */
export interface StoreRequest {
  readonly file: FileHandle;
  readonly reader: WindowReader;
  readonly entries: readonly PackageEntry[];
  /** Prefix to be taken off every path. */
  readonly folder: string;
  readonly sink: PackageSink;
  readonly signal?: AbortSignal | undefined;
  /** Called with each stored file, also when the whole fails later. */
  onStored(file: StoredFile): void;
}

/**
 * Unpacks and stores the entries in the order in which they lie in the zip: one reads, up to four decompress and store.
 * Memory: at most four small files of 1 MiB, or pieces of 64 KiB of large ones.
 */
export async function storeFiles(request: StoreRequest): Promise<void> {
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  const start = (store: Promise<void>) => {
    const task: Promise<void> = store
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => running.delete(task));
    running.add(task);
  };
  try {
    for (const entry of request.entries) {
      if (failure) break;
      request.signal?.throwIfAborted();
      const work = await openEntry(entry, request);
      start(work());
      if (running.size >= AT_ONCE) await Promise.race(running);
    }
  } finally {
    await Promise.all(running);
  }
  if (failure) throw failure.error;
}

/** Reads what one entry needs from the shared window, and returns the work that no longer touches it. */
async function openEntry(entry: PackageEntry, request: StoreRequest): Promise<() => Promise<void>> {
  const { reader, file, signal } = request;
  const start = await locateData(reader, entry);
  const small = isSmall(entry) ? Buffer.from(await reader.view(start, entry.compressedSize)) : undefined;
  return async () => {
    const content = small ? await unpackSmall(entry, small) : unpackLarge(file, entry, start, signal);
    await store(entry, content, request);
  };
}

async function store(
  entry: PackageEntry,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  { sink, folder, onStored }: StoreRequest,
): Promise<void> {
  const path = entry.path.slice(folder.length);
  const { hash, size } = await sink.put(content, { path, size: entry.size });
  onStored({ path, hash, size });
}
