import { inTenant } from "@coursemesh/platform/db/database.ts";
import { EgressRefused } from "@coursemesh/platform/egress/egress-guard.ts";
import type { JobHandler } from "@coursemesh/platform/jobs/jobs.ts";
import { unseal } from "@coursemesh/platform/secrets/seal.ts";
import type { HostOptions } from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import type pg from "pg";
import { effectiveHostOptions } from "../dispatch/effective-look.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { hostResultOf, resultOf, type SessionRow } from "../external_session/session-row.ts";
import { destinationLook, readDispatch } from "../launch/dispatch-facts.ts";
import type { ExchangeRow } from "../launch/exchange-row.ts";
import { exchangeKinds } from "../launch/launch-request.ts";
import { appendReceipts } from "../receipt/store-receipts.ts";
import { acknowledgeResult } from "../results/acknowledge-result.ts";
import { hostResult } from "../results/host-result.ts";
import { aiccReceipt } from "./aicc-receipt.ts";
import { isImprovement, lessonStatus, putData } from "./aicc-result.ts";
import { callHost, type HostAnswer } from "./call-host.ts";
import type { HacpCommand } from "./hacp.ts";
import type { AiccEndJob, AiccTellingJob } from "./queue-telling.ts";

interface Telling {
  readonly session: SessionRow;
  /** The newest launch of the session from an AICC host. */
  readonly exchange: ExchangeRow;
  readonly options: HostOptions;
  readonly url: URL;
  readonly sessionId: string;
}

/** The host did not answer; the job is tried again. */
class HostSilent extends Error {
  override readonly name = "HostSilent";
}

/** The job that tells a host its newest result. What the host refuses is told again at the next launch; a host that is silent is asked again. */
export function tellAiccHostJob(parts: DispatchParts): JobHandler<AiccTellingJob> {
  return async ({ tenantId, externalSessionId }, { signal }) => {
    const telling = await readTelling(parts, tenantId, externalSessionId);
    if (telling) await tellNewest(parts, telling, signal);
  };
}

/** The job that ends a host's session once its launch is over; what is new is told before. */
export function endAiccSessionJob(parts: DispatchParts): JobHandler<AiccEndJob> {
  return async ({ tenantId, externalSessionId, exchangeId }, { signal }) => {
    const telling = await readTelling(parts, tenantId, externalSessionId);
    // A later launch has brought a session of its own; this one's was closed by the host then.
    if (telling === undefined || telling.exchange.id !== exchangeId) return;
    await tellNewest(parts, telling, signal);
    await call(parts, telling, { command: "ExitAU", value: "", resultSequence: 0, data: "" }, signal);
  };
}

async function tellNewest(parts: DispatchParts, telling: Telling, signal: AbortSignal): Promise<void> {
  const { session, exchange, options } = telling;
  const result = resultOf(session);
  const resultSequence = Number(session.result_sequence);
  if (result === undefined || session.settled_at || resultSequence <= Number(session.acknowledged_sequence)) return;
  const told = hostResult(result, session.result_at ?? session.last_activity_at);
  if (options.onlyImprove && !isImprovement(hostResultOf(session), told, options.statusMapping)) {
    const taken = hostResultOf(session) ?? told;
    await inTenant(parts.pool(), session.tenant_id, (client) =>
      acknowledgeResult(client, session, { sequence: resultSequence, taken }),
    );
    return;
  }
  const sessionSeconds = result.totalSeconds - Number(exchange.seconds_before);
  const data = putData(told, { options, instanceToken: session.instance_token, sessionSeconds });
  const value = lessonStatus(told, options.statusMapping);
  await call(parts, telling, { command: "PutParam", value, resultSequence, data }, signal);
}

/** Makes a call and leaves its receipt. @throws HostSilent */
async function call(
  parts: DispatchParts,
  { session, exchange, url, sessionId }: Telling,
  order: {
    readonly command: HacpCommand;
    readonly value: string;
    readonly resultSequence: number;
    readonly data: string;
  },
  signal: AbortSignal,
): Promise<void> {
  const { command, data } = order;
  const answer = await callHost(parts.egress, url, { command, sessionId, data, signal }).catch(refusedByGuard);
  // What was cut short by our own end was not refused by anybody.
  signal.throwIfAborted();
  const now = parts.now();
  const launch = {
    tenantId: session.tenant_id,
    exchangeId: exchange.id,
    externalSessionId: session.id,
    dispatchId: session.dispatch_id,
    deploymentId: exchange.deployment_id,
  };
  // What the host has by it, or has not, follows from the receipt.
  await inTenant(parts.pool(), session.tenant_id, (client) =>
    appendReceipts(client, launch, [aiccReceipt(answer, order, now)], now),
  );
  if (answer.outcome === "silent") throw new HostSilent(answer.description);
}

function refusedByGuard(error: unknown): HostAnswer {
  if (error instanceof EgressRefused) return { outcome: "silent", description: error.message, latencyMs: 0 };
  throw error;
}

function readTelling(parts: DispatchParts, tenantId: string, sessionId: string): Promise<Telling | undefined> {
  return inTenant(parts.pool(), tenantId, async (client) => {
    const session = (await client.query<SessionRow>("select * from external_session where id = $1", [sessionId]))
      .rows[0];
    const exchange = session && (await newestExchange(client, sessionId));
    const dispatch = session && (await readDispatch(client, session.dispatch_id));
    if (!session?.aicc_url || !session.sealed_aicc_sid || exchange === undefined || dispatch === undefined) return;
    const sid = unseal(parts.sealKey, session.sealed_aicc_sid);
    if (sid === undefined) throw new Error("an AICC session was sealed with another SECRETS_KEY");
    const options = effectiveHostOptions(dispatch, destinationLook(dispatch));
    return { session, exchange, options, url: new URL(session.aicc_url), sessionId: sid.toString() };
  });
}

async function newestExchange(client: pg.ClientBase, sessionId: string): Promise<ExchangeRow | undefined> {
  const { rows } = await client.query<ExchangeRow>(
    "select * from launch_exchange where external_session_id = $1 and kind = $2 order by id desc limit 1",
    [sessionId, exchangeKinds.aicc],
  );
  return rows[0];
}
