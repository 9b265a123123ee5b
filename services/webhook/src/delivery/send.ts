import { describeFailure } from "@coursemesh/platform/egress/describe-failure.ts";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import { EgressRefused } from "@coursemesh/platform/egress/egress-guard.ts";
import { readRetryAfter } from "@coursemesh/platform/egress/retry-delay.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { AttemptOutcome } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { MASK } from "../endpoint/sealed-headers.ts";
import type { OutgoingRequest } from "./outgoing.ts";

/** One request as it is kept in the history. */
export interface SentAttempt {
  readonly id: string;
  readonly started_at: string;
  readonly outcome: AttemptOutcome;
  /** 0 when there was no answer. */
  readonly http_status: number;
  readonly latency_ms: number;
  readonly error: string;
  readonly ip_address: string;
  readonly request_url: string;
  readonly request_headers: Readonly<Record<string, string>>;
  readonly request_body: string;
  readonly response_headers: Readonly<Record<string, string>>;
  readonly response_body: string;
  readonly response_truncated: boolean;
  readonly retry_after_seconds: number;
}

/** What is kept of a body, bytes or characters. */
const BODY = 64 * 1024;
const HEADER = 2_000;
/** Header fields that are seen in the history. */
const SHOWN = /^(content-type|webhook-id|webhook-timestamp|webhook-signature)$/i;

/**
 * Sends a request once.
 * @param redirectIsDone a redirect counts as an answer that took it.
 * @throws the signal's reason when that fires; every other failure is an outcome
 */
export async function send(
  egress: Egress,
  request: OutgoingRequest,
  { timeoutMs, redirectIsDone, signal }: { timeoutMs: number; redirectIsDone: boolean; signal: AbortSignal },
): Promise<SentAttempt> {
  const at = new Date();
  const begin = performance.now();
  const { url, headers, body } = request;
  const common = {
    id: uuidV7(),
    started_at: at.toISOString(),
    request_url: url,
    request_headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, SHOWN.test(name) ? value : MASK]),
    ),
    request_body: kept(request.shownBody),
  };
  try {
    const answer = await egress.fetch(new URL(url), { method: "POST", headers, body, timeoutMs, signal }, BODY);
    const { status } = answer;
    const outcome = outcomeOf(status, redirectIsDone);
    const retryAfterMs = readRetryAfter(answer.headers["retry-after"], new Date());
    return {
      ...common,
      outcome,
      http_status: status,
      latency_ms: Math.round(performance.now() - begin),
      error: outcome === AttemptOutcome.DELIVERED ? "" : `the receiver answered ${status}`,
      ip_address: answer.address,
      response_headers: headersOf(answer.headers),
      response_body: kept(answer.body.toString()),
      response_truncated: answer.truncated,
      retry_after_seconds: Math.min(Math.ceil((retryAfterMs ?? 0) / 1000), 86_400 * 30),
    };
  } catch (error) {
    signal.throwIfAborted();
    return {
      ...common,
      outcome: outcomeOfFailure(error),
      http_status: 0,
      latency_ms: Math.round(performance.now() - begin),
      error: describeFailure(error),
      ip_address: "",
      response_headers: {},
      response_body: "",
      response_truncated: false,
      retry_after_seconds: 0,
    };
  }
}

/** What a status means. */
export function outcomeOf(status: number, redirectIsDone: boolean): AttemptOutcome {
  if (status >= 200 && status < 300) return AttemptOutcome.DELIVERED;
  if (status >= 300 && status < 400) return redirectIsDone ? AttemptOutcome.DELIVERED : AttemptOutcome.REDIRECT;
  return AttemptOutcome.HTTP_STATUS;
}

/** What went wrong when nothing came back. */
export function outcomeOfFailure(error: unknown): AttemptOutcome {
  if (error instanceof EgressRefused) return AttemptOutcome.ADDRESS_REFUSED;
  const { code = "", name } = error as NodeJS.ErrnoException;
  if (name === "TimeoutError" || code === "ETIMEDOUT") return AttemptOutcome.TIMEOUT;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return AttemptOutcome.DNS;
  if (code.includes("CERT") || code.includes("_SSL") || code.startsWith("ERR_TLS") || code === "EPROTO") {
    return AttemptOutcome.TLS;
  }
  return AttemptOutcome.CONNECTION;
}

/** PostgreSQL has no texts with a zero in them. */
function kept(text: string): string {
  return text.slice(0, BODY).replaceAll("\u0000", "\ufffd").toWellFormed();
}

function headersOf(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const entries = Object.entries(headers).slice(0, 50);
  return Object.fromEntries(entries.map(([name, value]) => [name, kept(String(value ?? "")).slice(0, HEADER)]));
}
