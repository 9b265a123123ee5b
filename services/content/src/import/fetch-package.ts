import { open } from "node:fs/promises";
import { type EgressPolicy, EgressRefused, guardedRequest } from "./egress-guard.ts";
import { ImportFailure } from "./import-failure.ts";

/** What a download needs. */
export interface FetchOptions {
  readonly policy: EgressPolicy;
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
  const { policy, maxBytes, maxSeconds, onProgress } = options;
  const late = AbortSignal.timeout(maxSeconds * 1000);
  const signal = AbortSignal.any([options.signal, late]);
  const file = await open(path, "w", 0o600);
  try {
    const response = await guardedRequest(new URL(address), { policy, signal });
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
    throw failed(describe(error));
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

/** Network errors are told by their code; their messages name addresses. */
function describe(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "its host was not found";
    case "ECONNREFUSED":
      return "nothing answers there";
    case "ECONNRESET":
    case "ERR_STREAM_PREMATURE_CLOSE":
      return "the connection broke";
    default:
      return code?.includes("CERT") ? "its certificate is not trusted" : (code ?? message);
  }
}
