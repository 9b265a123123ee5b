import { type IncomingHttpHeaders, type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import {
  checkedAddresses,
  checkUrl,
  type EgressPolicy,
  EgressRefused,
  type Resolve,
  type ResolvedAddress,
} from "./egress-guard.ts";

/** A request to an address that somebody else chose. */
export interface EgressRequest {
  /** Only a GET follows redirects. Default GET. */
  readonly method?: "GET" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From looking up the host to the last byte, milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** An answer with the beginning of its body. */
export interface EgressResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** IP address that answered. */
  readonly address: string;
  readonly body: Buffer;
  /** The body was longer than asked for; the rest was not read. */
  readonly truncated: boolean;
}

/** The only way out to addresses that users give. */
export interface Egress {
  /** Refuses what could never be reached, DNS included; an unknown host is no refusal. @throws EgressRefused */
  check(url: URL): Promise<void>;
  /** Sends a request; the caller reads or destroys the answer. @throws EgressRefused; errors of DNS and the network as they come. */
  open(url: URL, request: EgressRequest): Promise<IncomingMessage>;
  /** Sends a request and reads at most `maxBytes` of the answer. @throws as {@link open} */
  fetch(url: URL, request: EgressRequest, maxBytes: number): Promise<EgressResponse>;
}

const MAX_REDIRECTS = 5;
/** A connection on which nothing moves for so long is given up, however much time the request has. */
const IDLE_MS = 30_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Headers that are meant for one origin alone. */
const PRIVATE_HEADERS = new Set(["authorization", "cookie", "proxy-authorization"]);

/**
 * Opens connections by the policy's rules. The host's addresses are looked up once and all checked, and the connection goes to one that
 * was checked, so that a second answer of DNS changes nothing. Every redirect is checked in the same way, and secrets stay with their origin.
 */
export function egressClient(policy: EgressPolicy, resolve?: Resolve): Egress {
  const open = async (start: URL, request: EgressRequest, signal: AbortSignal): Promise<IncomingMessage> => {
    let url = start;
    let headers = request.headers ?? {};
    for (let redirects = 0; ; redirects += 1) {
      const addresses = await orAborted(checkedAddresses(url, policy, resolve), signal);
      const response = await send(url, addresses, { ...request, headers }, signal);
      const { location } = response.headers;
      const follows = (request.method ?? "GET") === "GET" && REDIRECTS.has(response.statusCode ?? 0);
      if (!follows || location === undefined) return response;
      response.destroy();
      if (redirects >= MAX_REDIRECTS) throw new EgressRefused(`it redirects more than ${MAX_REDIRECTS} times`);
      if (!URL.canParse(location, url.href)) throw new EgressRefused("it redirects to something that is no address");
      const next = new URL(location, url);
      if (next.origin !== url.origin) headers = withoutSecrets(headers);
      url = next;
    }
  };
  return {
    async check(url) {
      checkUrl(url, policy);
      await checkedAddresses(url, policy, resolve).catch((error: unknown) => {
        if (error instanceof EgressRefused) throw error;
      });
    },
    open: (url, request) => {
      const signal = limitOf(request);
      return open(url, request, signal).catch(blame(signal));
    },
    async fetch(url, request, maxBytes) {
      const signal = limitOf(request);
      try {
        const response = await open(url, request, signal);
        const { statusCode: status = 0, headers } = response;
        const address = response.socket.remoteAddress ?? "";
        return { status, headers, address, ...(await readUpTo(response, maxBytes)) };
      } catch (error) {
        return blame(signal)(error);
      }
    },
  };
}

function limitOf({ timeoutMs, signal }: EgressRequest): AbortSignal {
  const late = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([signal, late]) : late;
}

/** A request that was stopped fails in many ways; what stopped it is the one of interest. */
function blame(signal: AbortSignal): (error: unknown) => never {
  return (error) => {
    throw signal.aborted ? signal.reason : error;
  };
}

function send(
  url: URL,
  addresses: readonly ResolvedAddress[],
  { method = "GET", headers = {}, body }: EgressRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const begin = url.protocol === "https:" ? requestHttps : requestHttp;
  const settings: RequestOptions & { rejectUnauthorized: boolean } = {
    method,
    headers: {
      "user-agent": "Coursemesh",
      accept: "*/*",
      ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }),
      ...headers,
    },
    signal,
    rejectUnauthorized: true,
    // A connection of its own: a pooled one might lead to an address that was checked for somebody else.
    agent: false,
    lookup: (_hostname, { all }, done) => {
      const [first] = addresses;
      if (all) done(null, [...addresses]);
      else done(null, first?.address ?? "", first?.family);
    },
  };
  return new Promise((resolve, reject) => {
    const sent = begin(url.href, settings, resolve);
    const silent = Object.assign(new Error("nothing came for a while"), { code: "ETIMEDOUT" });
    sent.setTimeout(IDLE_MS, () => sent.destroy(silent));
    sent.on("error", reject);
    sent.end(body);
  });
}

async function readUpTo(response: IncomingMessage, maxBytes: number): Promise<{ body: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop destroys the response.
    if (size > maxBytes) return { body: Buffer.concat(chunks).subarray(0, maxBytes), truncated: true };
  }
  return { body: Buffer.concat(chunks), truncated: false };
}

function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !PRIVATE_HEADERS.has(name.toLowerCase())));
}

/** DNS cannot be told to stop; its answer is then of no interest. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
