import { open } from "node:fs/promises";
import { describeFailure } from "@coursemesh/platform/egress/describe-failure.ts";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import { EgressRefused } from "@coursemesh/platform/egress/egress-guard.ts";
import { signedIn } from "./fetch-address.ts";
import { ImportFailure } from "./import-failure.ts";

/** What a download needs. */
export interface FetchOptions {
  readonly egress: Egress;
  /** Bytes. */
  readonly maxBytes: number;
  readonly maxSeconds: number;
  readonly signal: AbortSignal;
  /** Bytes so far, and of all when the server says so, else 0. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Downloads a package to a file.
 * @throws ImportFailure with FETCH_URL_REFUSED, FETCH_FAILED or UPLOAD_TOO_LARGE; the signal's reason when that fires.
 */
export async function fetchPackage(address: string, path: string, options: FetchOptions): Promise<void> {
  const { egress, maxBytes, maxSeconds, onProgress } = options;
  const late = AbortSignal.timeout(maxSeconds * 1000);
  const signal = AbortSignal.any([options.signal, late]);
  const file = await open(path, "w", 0o600);
  try {
    const { url, headers } = signedIn(new URL(address));
    const response = await egress.open(url, { headers, timeoutMs: maxSeconds * 1000, signal });
    if (response.statusCode !== 200) {
      response.destroy();
      throw failed(`the server answered ${response.statusCode}`);
    }
    const total = Number(response.headers["content-length"] ?? 0);
    if (total > maxBytes) throw tooLarge(maxBytes);
    let done = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      done += chunk.length;
      if (done > maxBytes) throw tooLarge(maxBytes);
      await file.writeFile(chunk);
      onProgress(done, total);
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof ImportFailure) throw error;
    if (error instanceof EgressRefused) throw refusedAddress(error);
    if (late.aborted) throw failed(`it took longer than ${maxSeconds} seconds`);
    throw failed(describeFailure(error));
  } finally {
    await file.close();
  }
}

/** The failure of an import from an address that the guard refuses. */
export function refusedAddress(error: EgressRefused): ImportFailure {
  return new ImportFailure("FETCH_URL_REFUSED", `Packages are not fetched from this address: ${error.message}.`);
}

function failed(cause: string): ImportFailure {
  return new ImportFailure("FETCH_FAILED", `The package could not be fetched: ${cause}.`);
}

function tooLarge(limit: number): ImportFailure {
  return new ImportFailure("UPLOAD_TOO_LARGE", `The file has more than the ${limit} bytes that are allowed.`);
}
