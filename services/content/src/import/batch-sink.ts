import type { BlobBatch } from "@coursemesh/platform/blobs/blob-batch.ts";
import type { PackageSink } from "../package/package-sink.ts";
import { mediaTypeDetector } from "../package-files/media-type.ts";

/** A sink into a batch of blobs, which remembers the media type of every path. */
export interface BatchSink extends PackageSink {
  /** By path. */
  readonly mediaTypes: ReadonlyMap<string, string>;
}

/**
 * Nothing of the package is seen by anybody before the batch is published; a refused package's batch is discarded.
 * @param signal makes the next file fail. The reader itself is not told: it would end the thread that parses the manifest, and a
 * thread ended while it starts takes the whole process with it (a fault of Node 24). Parsing has a time limit of its own.
 */
export function batchSink(batch: BlobBatch, signal?: AbortSignal): BatchSink {
  const mediaTypes = new Map<string, string>();
  return {
    mediaTypes,
    async put(content, { path }) {
      signal?.throwIfAborted();
      const detector = mediaTypeDetector(path);
      const look = (piece: Uint8Array): void => {
        signal?.throwIfAborted();
        detector.add(piece);
      };
      const source = content instanceof Uint8Array ? content : passing(content, look);
      if (content instanceof Uint8Array) detector.add(content);
      const stored = await batch.put(source);
      mediaTypes.set(path, detector.result());
      return stored;
    },
    abandon: () => batch.discard(),
  };
}

async function* passing(
  pieces: AsyncIterable<Uint8Array>,
  look: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    look(piece);
    yield piece;
  }
}
