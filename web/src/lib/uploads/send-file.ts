import { type UploadClient, UploadRefused } from "./upload-client.ts";

/** Bytes per request: small enough to lose little, large enough to keep the line busy. */
export const SLICE_BYTES = 8 * 1024 * 1024;

/** Pauses between attempts after the network failed, in milliseconds. */
export const RETRY_PAUSES = [1000, 2000, 5000, 10_000] as const;

/** Sends a whole file in slices and goes on where the server is after a failure. Returns the upload's id. */
export async function sendFile(
  client: UploadClient,
  file: File,
  requestId: string,
  progress: (sentBytes: number, waiting: boolean) => void,
  signal: AbortSignal,
  sleep: (milliseconds: number) => Promise<void> = (milliseconds) => new Promise((r) => setTimeout(r, milliseconds)),
): Promise<string> {
  let failures = 0;
  for (;;) {
    try {
      // Asking again with the same request id says how much has arrived.
      const upload = await client.open(requestId, file);
      let offset = upload.receivedBytes;
      progress(offset, false);
      while (offset < file.size) {
        const from = offset;
        const slice = file.slice(from, from + SLICE_BYTES);
        offset = await client.append(upload.id, from, slice, (bytes) => progress(from + bytes, false), signal);
        failures = 0;
        progress(offset, false);
      }
      return upload.id;
    } catch (error) {
      const pause = RETRY_PAUSES[failures];
      if (signal.aborted || error instanceof UploadRefused || pause === undefined) throw error;
      failures += 1;
      progress(-1, true);
      await sleep(pause);
    }
  }
}
