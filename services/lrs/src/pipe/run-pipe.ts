import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import { type RetrySchedule, retryDelay } from "@coursemesh/platform/egress/retry-delay.ts";
import { unseal } from "@coursemesh/platform/secrets/seal.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type pg from "pg";
import type { AttachmentPlaces } from "../ingest/receive-attachments.ts";
import type { Position } from "../statement/position.ts";
import { deliver } from "./deliver.ts";
import { fitTo103 } from "./fit-version.ts";
import type { Verdict } from "./judge-answer.ts";
import { filterOf } from "./pipe.mapper.ts";
import type { LeasedPipe, PipeLease } from "./pipe-lease.ts";
import { type OutgoingStatement, readAhead } from "./read-ahead.ts";
import { readRetries } from "./read-retries.ts";
import { sendStatements, type TargetAccess } from "./target.ts";

/** What runs of pipes need. */
export interface PipeRunDeps {
  readonly pool: () => pg.Pool;
  readonly egress: Egress;
  readonly attachments: AttachmentPlaces;
  /** Opens sealed passwords. */
  readonly key: Buffer;
  readonly schedule: RetrySchedule;
  /** Failures in a row after which a pipe gives up. */
  readonly giveUpFailures: number;
  /** Pause of a pipe that has nothing to send, milliseconds. */
  readonly idleMs: number;
  /** How long a target may take to answer, milliseconds. */
  readonly timeoutMs: number;
  readonly random: () => number;
}

/** Somebody else has the pipe now, or it was paused, changed or removed. */
class LeaseLost extends Error {}

/** Requests of one run at the most, so that all pipes get their turn. */
const BATCHES = 50;
const DEFAULT_BATCH_SIZE = 50;
/** Bytes of one request, attachments included. */
const REQUEST_BYTES = 64 * 1024 * 1024;
/** A cursor that only passes over statements nobody asked for is written when it has moved so far, microseconds. */
const QUIET_MOVE = 10_000_000;

/** Sends what is waiting, dead letters that somebody asked for first, and ends the lease. @throws the signal's reason */
export async function runPipe(lease: PipeLease, deps: PipeRunDeps, signal: AbortSignal): Promise<void> {
  const { pipe } = lease;
  const password = pipe.sealed_password === "" ? "" : unseal(deps.key, pipe.sealed_password)?.toString();
  if (password === undefined) return lease.fail("its password cannot be read any more; set it again", 0, true);
  const access: TargetAccess = {
    url: pipe.target_url,
    username: pipe.username,
    password,
    version: pipe.xapi_version === XapiVersion.V1_0_3 ? "1.0.3" : "2.0.0",
    timeoutMs: deps.timeoutMs,
  };
  const send = async (statements: readonly OutgoingStatement[]): Promise<Verdict> => {
    if (!(await lease.renew())) throw new LeaseLost();
    return sendSome(deps, pipe, access, statements, signal);
  };
  try {
    const failure = (await sendRetries(lease, deps, send)) ?? (await sendAhead(lease, deps, send));
    if (failure === undefined) return;
    const failures = pipe.failure_count + 1;
    const delay = retryDelay(failures, deps.schedule, deps.random(), failure.retryAfterMs);
    await lease.fail(failure.error, delay, failures >= deps.giveUpFailures);
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    await lease.release(0);
  }
}

type Send = (statements: readonly OutgoingStatement[]) => Promise<Verdict>;
type Failure = (Verdict & { kind: "later" }) | undefined;

async function sendRetries(lease: PipeLease, { pool }: PipeRunDeps, send: Send): Promise<Failure> {
  const { tenant_id: tenantId, id } = lease.pipe;
  const { statements, gone } = await readRetries(pool(), tenantId, id);
  const { accepted, refusals, later } = await deliver(statements, send);
  const settled = [...gone, ...accepted.map((statement) => statement.id)];
  if (settled.length + refusals.length > 0 && !(await lease.settle(settled, refusals))) throw new LeaseLost();
  return later;
}

async function sendAhead(lease: PipeLease, { pool, idleMs }: PipeRunDeps, send: Send): Promise<Failure> {
  const { tenant_id: tenantId, filter, batch_size, cursor_position } = lease.pipe;
  let cursor: Position = Number(cursor_position);
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const ahead = await readAhead(pool(), tenantId, filterOf(filter), cursor, batch_size || DEFAULT_BATCH_SIZE);
    const { done, accepted, refusals, later } = await deliver(ahead.statements, send);
    const through = later ? (ahead.statements[done - 1]?.position ?? cursor) : ahead.through;
    if (done > 0 || through > cursor + QUIET_MOVE || (through > cursor && !ahead.end)) {
      const forwardedPosition = accepted.at(-1)?.position ?? 0;
      const kept = await lease.progress({ through, forwardedPosition, acceptedCount: accepted.length, refusals });
      if (!kept) throw new LeaseLost();
      cursor = through;
    }
    if (later) return later;
    if (ahead.end) {
      await lease.release(idleMs);
      return undefined;
    }
  }
  await lease.release(0);
  return undefined;
}

async function sendSome(
  { egress, attachments: { store, blobs } }: PipeRunDeps,
  pipe: LeasedPipe,
  access: TargetAccess,
  statements: readonly OutgoingStatement[],
  signal: AbortSignal,
): Promise<Verdict> {
  const { tenant_id: tenantId, with_attachments } = pipe;
  const hashes = with_attachments ? [...new Set(statements.flatMap((statement) => statement.attachments))] : [];
  const found = hashes.length > 0 ? [...(await store.find(tenantId, hashes)).values()] : [];
  const json = statements.map((statement) => (access.version === "1.0.3" ? fitTo103(statement.json) : statement.json));
  const bytes = json.reduce((sum, text) => sum + text.length, 0) + found.reduce((sum, { size }) => sum + size, 0);
  if (bytes > REQUEST_BYTES) return { kind: "refused", status: 0, error: "it is larger than a pipe carries (64 MiB)" };
  const parts = [];
  for (const attachment of found) {
    const { sha2, contentType } = attachment;
    parts.push({ sha2, contentType, content: await blobs.readAll(tenantId, attachment) });
  }
  return sendStatements(egress, access, json, parts, signal);
}
