import type { BlobBatch } from "@coursemesh/platform/blobs/blob-batch.ts";
import type { PackageSink } from "../package/package-sink.ts";
import { mediaTypeDetector } from "../package-files/media-type.ts";

/** A sink into a batch of blobs, which remembers the media type of every path. */
export interface BatchSink extends PackageSink {
  /** By path. */
  readonly mediaTypes: ReadonlyMap<string, string>;
}

/** Nothing of the package is seen by anybody before the batch is published; a refused package's batch is discarded. */
export function batchSink(batch: BlobBatch): BatchSink {
  const mediaTypes = new Map<string, string>();
  return {
    mediaTypes,
    async put(content, { path }) {
      const detector = mediaTypeDetector(path);
      const source = content instanceof Uint8Array ? content : passing(content, detector.add);
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
