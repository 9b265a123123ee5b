import { randomUUID } from "node:crypto";
import { describeFailure } from "@coursemesh/platform/egress/describe-failure.ts";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import { readRetryAfter } from "@coursemesh/platform/egress/retry-delay.ts";
import { judgeAnswer, type Verdict } from "./judge-answer.ts";
import { type AttachmentPart, multipartOf } from "./multipart.ts";
import { resourceOf } from "./target-url.ts";

/** Where a pipe leads and how it signs in there. */
export interface TargetAccess {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly version: "1.0.3" | "2.0.0";
  /** How long it may take to answer. */
  readonly timeoutMs: number;
}

/** What a target said about itself. */
export interface TargetReport {
  readonly reachable: boolean;
  readonly httpStatus: number;
  readonly versions: string[];
  readonly error: string;
  readonly latencyMs: number;
}

/** Bytes of an answer that are read. */
const ANSWER_BYTES = 64 * 1024;

/**
 * Sends statements in one request.
 * @param json of one statement each
 * @throws the signal's reason when that fires; every other failure is a verdict
 */
export async function sendStatements(
  egress: Egress,
  access: TargetAccess,
  json: readonly string[],
  attachments: readonly AttachmentPart[],
  signal: AbortSignal,
): Promise<Verdict> {
  const statements = `[${json.join(",")}]`;
  const { contentType, body } =
    attachments.length === 0
      ? { contentType: "application/json", body: Buffer.from(statements) }
      : multipartOf(statements, attachments, `coursemesh-${randomUUID()}`);
  const request = {
    method: "POST" as const,
    headers: { ...headersOf(access), "content-type": contentType },
    body,
    timeoutMs: access.timeoutMs,
    signal,
  };
  try {
    const answer = await egress.fetch(resourceOf(access.url, "statements"), request, ANSWER_BYTES);
    const retryAfter = readRetryAfter(answer.headers["retry-after"], new Date());
    return judgeAnswer(answer.status, answer.body.toString(), retryAfter);
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "later", status: 0, error: describeFailure(error) };
  }
}

/** Asks the target's about resource. */
export async function askAbout(egress: Egress, access: TargetAccess): Promise<TargetReport> {
  const begin = performance.now();
  const latency = (): number => Math.round(performance.now() - begin);
  try {
    const request = { headers: headersOf(access), timeoutMs: access.timeoutMs };
    const answer = await egress.fetch(resourceOf(access.url, "about"), request, ANSWER_BYTES);
    const ok = answer.status === 200;
    const versions = ok ? versionsOf(answer.body.toString()) : [];
    const error = ok
      ? versions.length > 0
        ? ""
        : "the answer does not name versions of the Experience API"
      : `the target answered ${answer.status}`;
    return { reachable: ok, httpStatus: answer.status, versions, error, latencyMs: latency() };
  } catch (error) {
    return { reachable: false, httpStatus: 0, versions: [], error: describeFailure(error), latencyMs: latency() };
  }
}

function headersOf({ username, password, version }: TargetAccess): Record<string, string> {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return {
    accept: "application/json",
    "x-experience-api-version": version,
    ...((username !== "" || password !== "") && { authorization }),
  };
}

function versionsOf(body: string): string[] {
  try {
    const { version }: { version?: unknown } = JSON.parse(body);
    return Array.isArray(version) ? version.filter((it) => typeof it === "string").slice(0, 50) : [];
  } catch {
    return [];
  }
}
