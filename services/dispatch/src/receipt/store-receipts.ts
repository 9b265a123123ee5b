import { create } from "@bufbuild/protobuf";
import type { HostResult } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { type Receipt, ReceiptSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";
import { hostResultOf, resultOf, type SessionRow } from "../external_session/session-row.ts";
import { acknowledgeResult, refuseResult } from "../results/acknowledge-result.ts";
import { hostResult } from "../results/host-result.ts";
import { isTooFar, type SequenceWindow, withSequences } from "../sequence/sequence-window.ts";
import { verdictOf } from "./acknowledgement.ts";
import { type ReceiptRow, receiptValues, TOLD_COLUMNS, toReceipt, toToldCall } from "./receipt-row.ts";
import { DECISIVE, isWhole, type ToldCall } from "./told-call.ts";
import { toldResult } from "./told-result.ts";

/** Whose receipts they are. */
export interface ReceiptLaunch {
  readonly tenantId: string;
  readonly exchangeId: string;
  readonly externalSessionId: string;
  readonly dispatchId: string;
  readonly deploymentId: string | null;
}

/** Receipts a launch may have; a page that makes more is broken. */
const MOST_RECEIPTS = 50_000;

/**
 * Stores receipts that were not there, and moves what is known of the host by what they say. Receipts behind a gap say nothing until it is
 * closed: what is missing may be a refusal.
 * @returns the highest sequence up to which none is missing. @throws SESSION_TOKEN_INVALID, RATE_LIMITED
 */
export async function storeReceipts(
  client: pg.ClientBase,
  launch: ReceiptLaunch,
  receipts: readonly Receipt[],
  now: Date,
): Promise<number> {
  const session = await lockSession(client, launch.externalSessionId);
  const before = await readWindow(client, launch.exchangeId);
  const sequences = receipts.map(({ sequence }) => Number(sequence));
  if (sequences.some((sequence) => sequence > MOST_RECEIPTS || isTooFar(before, sequence)))
    throw errors.rateLimited({ retry_after_seconds: "60" });
  return insertAndJudge(client, launch, session, before, receipts, now);
}

/**
 * Stores receipts of calls that we made ourselves, as told to hosts from server to server, with the numbers that come next.
 * @param receipts without sequences. @throws SESSION_TOKEN_INVALID
 */
export async function appendReceipts(
  client: pg.ClientBase,
  launch: ReceiptLaunch,
  receipts: readonly Receipt[],
  now: Date,
): Promise<number> {
  const session = await lockSession(client, launch.externalSessionId);
  const before = await readWindow(client, launch.exchangeId);
  const next = Math.max(before.acknowledged, ...before.ahead) + 1;
  const numbered = receipts.map((receipt, index) =>
    create(ReceiptSchema, { ...receipt, sequence: BigInt(next + index) }),
  );
  return insertAndJudge(client, launch, session, before, numbered, now);
}

async function insertAndJudge(
  client: pg.ClientBase,
  launch: ReceiptLaunch,
  session: SessionRow,
  before: SequenceWindow,
  receipts: readonly Receipt[],
  now: Date,
): Promise<number> {
  await insert(client, launch, receipts, now);
  const after = withSequences(
    before,
    receipts.map(({ sequence }) => Number(sequence)),
  );
  await client.query(
    `insert into receipt_state (launch_exchange_id, tenant_id, acknowledged_sequence, ahead) values ($1, $2, $3, $4)
     on conflict (launch_exchange_id) do update set acknowledged_sequence = excluded.acknowledged_sequence, ahead = excluded.ahead`,
    [launch.exchangeId, launch.tenantId, after.acknowledged, after.ahead],
  );
  await client.query("update external_session set last_activity_at = greatest(last_activity_at, $2) where id = $1", [
    session.id,
    now,
  ]);
  if (after.acknowledged > before.acknowledged) await judge(client, launch, session, before, after, now);
  return after.acknowledged;
}

async function lockSession(client: pg.ClientBase, id: string): Promise<SessionRow> {
  const { rows } = await client.query<SessionRow>("select * from external_session where id = $1 for update", [id]);
  const [session] = rows;
  if (session === undefined) throw errors.sessionTokenInvalid();
  return session;
}

async function readWindow(client: pg.ClientBase, exchangeId: string): Promise<SequenceWindow> {
  const { rows } = await client.query<{ acknowledged_sequence: string; ahead: string[] }>(
    "select acknowledged_sequence, ahead from receipt_state where launch_exchange_id = $1",
    [exchangeId],
  );
  const [row] = rows;
  return { acknowledged: Number(row?.acknowledged_sequence ?? 0), ahead: (row?.ahead ?? []).map(Number) };
}

async function insert(
  client: pg.ClientBase,
  { exchangeId, tenantId, dispatchId, deploymentId, externalSessionId }: ReceiptLaunch,
  receipts: readonly Receipt[],
  now: Date,
): Promise<void> {
  const rows = receipts.map((receipt) => receiptValues(receipt, now));
  const columns = TOLD_COLUMNS.map(([name]) => name).join(", ");
  const arrays = TOLD_COLUMNS.map(([, type], index) => `$${index + 7}::${type}[]`).join(", ");
  await client.query(
    `insert into receipt (launch_exchange_id, tenant_id, dispatch_id, deployment_id, external_session_id, received_at, ${columns})
     select $1, $2, $3, $4, $5, $6, * from unnest(${arrays}) on conflict do nothing`,
    [
      ...[exchangeId, tenantId, dispatchId, deploymentId, externalSessionId, now],
      ...TOLD_COLUMNS.map((_, index) => rows.map((row) => row[index])),
    ],
  );
}

/** What the receipts that are complete now say, and did not say before. */
async function judge(
  client: pg.ClientBase,
  { exchangeId }: ReceiptLaunch,
  session: SessionRow,
  before: SequenceWindow,
  after: SequenceWindow,
  now: Date,
): Promise<void> {
  const { rows } = await client.query<ReceiptRow>(
    `select * from receipt r where r.launch_exchange_id = $1 and r.sequence <= $2 and ${DECISIVE} order by r.sequence`,
    [exchangeId, after.acknowledged],
  );
  const calls = rows.map(toToldCall);
  const old = verdictOf(calls.filter(({ sequence }) => sequence <= before.acknowledged));
  const { accepted, refused } = verdictOf(calls);
  // A page can only have been told what there is.
  const newest = Number(session.result_sequence);
  if (accepted > old.accepted && accepted <= newest) {
    await acknowledgeResult(client, session, { sequence: accepted, taken: takenResult(session, calls, accepted, now) });
  }
  if (refused && refused.result > (old.refused?.result ?? 0) && refused.result <= newest) {
    await refuseResult(client, session, { sequence: refused.result, receipt: toReceipt(refused.by.row) });
  }
}

/** A call that tells everything at once shows no single values: the host has what we have. */
function takenResult(session: SessionRow, calls: readonly ToldCall[], sequence: number, now: Date): HostResult {
  const result = resultOf(session);
  const isTold = calls.some((call) => call.resultSequence === sequence && isWhole(call));
  return isTold && result ? hostResult(result, now) : toldResult(hostResultOf(session), calls, sequence, now);
}
