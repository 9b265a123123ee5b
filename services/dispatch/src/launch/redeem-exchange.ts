import { create } from "@bufbuild/protobuf";
import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { DispatchLaunchedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import {
  type RedeemExchangeRequest,
  type RedeemExchangeResponse,
  RedeemExchangeResponseSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { type Launch, LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import type { SessionRow } from "../external_session/session-row.ts";
import { hostOfAddress } from "../licence/allowed-domain.ts";
import { bridgeSecret } from "../signing_key/bridge-secret.ts";
import { BRIDGE_PROTOCOL_VERSION, tokenOf } from "./admission.ts";
import { asDispatch, courseOf, type DispatchFacts, readDispatch, titleOf } from "./dispatch-facts.ts";
import { type ExchangeRow, hashOfCode } from "./exchange-row.ts";
import { framersOf } from "./framers.ts";

/** How long the player's address works before it is opened; the bridge opens it at once. */
const OPEN_SECONDS = 120;

interface Redeemed {
  readonly exchange: ExchangeRow;
  readonly session: SessionRow;
  readonly dispatch: DispatchFacts;
}

/**
 * Trades a code for a launch of the player. The code is spent before the launch is made: what fails in between has to be started again, and
 * nobody has two launches of one code. A code that comes again, and not as the repeat of the same request, ends the launch it made.
 * @throws EXCHANGE_INVALID
 */
export async function redeemExchange(
  parts: DispatchParts,
  request: RedeemExchangeRequest,
): Promise<RedeemExchangeResponse> {
  const tenantId = await tenantOf(parts, request.code);
  const { exchange, session, dispatch } = await spend(parts, tenantId, request);
  const key = await parts.keys.byId(exchange.signing_key_id);
  if (key === undefined) throw errors.exchangeInvalid();
  const course = await courseOf(parts, dispatch);
  const { launch, url } = await makeLaunch(parts, { exchange, session, dispatch });
  if (await noteLaunch(parts, { exchange, session, dispatch }, launch)) {
    await endLaunch(parts, tenantId, launch.id);
    throw errors.exchangeInvalid();
  }
  return create(RedeemExchangeResponseSchema, {
    launchId: launch.id,
    playerUrl: url,
    bridgeSecret: bridgeSecret(key, exchange.id),
    bridgeOrigin: exchange.parent_origin,
    bridgeProtocolVersion: BRIDGE_PROTOCOL_VERSION,
    sessionToken: tokenOf(key, exchange),
    courseTitle: titleOf(dispatch, course),
    returnUrl: exchange.return_url,
  });
}

async function tenantOf({ pool }: DispatchParts, code: string): Promise<string> {
  const { rows } = await inSystem(pool(), (client) =>
    client.query<{ tenant_id: string }>("select tenant_id from launch_exchange where code_hash = $1", [
      hashOfCode(code),
    ]),
  );
  if (rows[0] === undefined) throw errors.exchangeInvalid();
  return rows[0].tenant_id;
}

/** Spends a code, once. */
async function spend(parts: DispatchParts, tenantId: string, request: RedeemExchangeRequest): Promise<Redeemed> {
  const now = parts.now();
  const spent = await inTenant(parts.pool(), tenantId, async (client) => {
    const { rows } = await client.query<ExchangeRow>("select * from launch_exchange where code_hash = $1 for update", [
      hashOfCode(request.code),
    ]);
    const [exchange] = rows;
    if (exchange === undefined) throw errors.exchangeInvalid();
    if (exchange.redeemed_at !== null && !isRepeat(exchange, request, now)) {
      await client.query("update launch_exchange set replayed_at = coalesce(replayed_at, $2) where id = $1", [
        exchange.id,
        now,
      ]);
      return { replayed: exchange };
    }
    const { session, dispatch } = await ofExchange(client, exchange);
    const isOver = exchange.redeemed_at === null && exchange.expires_at <= now;
    if (isOver || session.revoked_at !== null || !comesFrom(exchange, request)) return {};
    await client.query(
      "update launch_exchange set redeemed_at = coalesce(redeemed_at, $2), redeem_request_id = $3 where id = $1",
      [exchange.id, now, request.requestId === "" ? null : request.requestId],
    );
    return { redeemed: { exchange, session, dispatch } };
  });
  if (spent.redeemed) return spent.redeemed;
  const { replayed } = spent;
  if (replayed?.launch_id) await endLaunch(parts, tenantId, replayed.launch_id);
  throw errors.exchangeInvalid();
}

/** The answer was lost on the way: the same page asks again while the code would still be good. */
function isRepeat(exchange: ExchangeRow, { requestId }: RedeemExchangeRequest, now: Date): boolean {
  const isSame = requestId !== "" && exchange.redeem_request_id === requestId;
  return isSame && exchange.replayed_at === null && exchange.expires_at > now;
}

/** The page around the bridge is the one the launch was opened for, as far as a browser shows it. */
function comesFrom({ parent_origin }: ExchangeRow, { parentOrigin }: RedeemExchangeRequest): boolean {
  if (parent_origin === "" || hostOfAddress(parentOrigin) === "") return true;
  return new URL(parentOrigin).origin === parent_origin;
}

async function ofExchange(
  client: pg.ClientBase,
  exchange: ExchangeRow,
): Promise<Pick<Redeemed, "session" | "dispatch">> {
  const { rows } = await client.query<SessionRow>("select * from external_session where id = $1", [
    exchange.external_session_id,
  ]);
  const dispatch = await readDispatch(client, exchange.dispatch_id);
  const [session] = rows;
  if (session === undefined || dispatch === undefined) throw errors.exchangeInvalid();
  return { session, dispatch };
}

/** Makes the runtime's launch; the same one again for a repeat. */
async function makeLaunch(
  { clients, config }: DispatchParts,
  { exchange, session, dispatch }: Redeemed,
): Promise<{ readonly launch: Launch; readonly url: string }> {
  const launches = clients.of(LaunchService);
  const common = { locale: exchange.locale, frameAncestors: [...framersOf(config, dispatch, exchange.kind)] };
  const answer = await asDispatch(exchange.tenant_id, async () => {
    try {
      if (session.test) {
        return await launches.createPreviewLaunch({ ...common, courseVersionId: session.course_version_id ?? "" });
      }
      if (session.registration_id === null) throw errors.exchangeInvalid();
      const expireSeconds = OPEN_SECONDS;
      return await launches.createLaunch({
        ...common,
        requestId: exchange.id,
        registrationId: session.registration_id,
        expireSeconds,
        keepVersion: dispatch.pinned_course_version_id !== null,
      });
    } catch (error) {
      const gone = ["REGISTRATION_NOT_FOUND", "INSTANCE_NOT_FOUND", "COURSE_NOT_FOUND"].includes(reasonOf(error) ?? "");
      throw gone ? errors.exchangeInvalid() : error;
    }
  });
  if (answer.launch === undefined) throw new Error("the runtime answered without a launch");
  return { launch: answer.launch, url: answer.url };
}

/** Notes the launch and announces it. Answers whether the code was replayed in the meantime. */
function noteLaunch(
  { pool }: DispatchParts,
  { exchange, session, dispatch }: Redeemed,
  launch: Launch,
): Promise<boolean> {
  const { tenant_id: tenantId } = exchange;
  return inTenant(pool(), tenantId, async (client) => {
    // Receipts of another launch refer to the exchange while they hold the session; a full lock would wait for them and they for us.
    const { rows } = await client.query<{ replayed_at: Date | null }>(
      "select replayed_at from launch_exchange where id = $1 for no key update",
      [exchange.id],
    );
    const noted = await client.query("update launch_exchange set launch_id = $2 where id = $1 and launch_id is null", [
      exchange.id,
      launch.id,
    ]);
    if (rows[0] === undefined || rows[0].replayed_at !== null) return true;
    if (session.test || noted.rowCount === 0) return false;
    // The course's settings may have had the runtime begin another instance.
    if (launch.instanceId !== "") {
      await client.query("update external_session set instance_id = $2 where id = $1", [session.id, launch.instanceId]);
    }
    if (!dispatch.tracking_enabled) return false;
    const before = await client.query(
      `select from launch_exchange l join external_session e on e.id = l.external_session_id
       where e.dispatch_id = $1 and e.learner_key = $2 and l.launch_id is not null and l.id <> $3 limit 1`,
      [session.dispatch_id, session.learner_key, exchange.id],
    );
    const event = create(DispatchLaunchedSchema, {
      dispatchId: dispatch.id,
      destinationId: dispatch.destination_id,
      deploymentId: exchange.deployment_id ?? "",
      externalSessionId: session.id,
      registrationId: session.registration_id ?? "",
      launchId: launch.id,
      learnerId: session.learner_id,
      courseId: dispatch.course_id,
      first: before.rowCount === 0,
    });
    await announce(client, tenantId, DispatchLaunchedSchema, event);
    return false;
  });
}

async function endLaunch({ clients }: DispatchParts, tenantId: string, id: string): Promise<void> {
  await asDispatch(tenantId, () => clients.of(LaunchService).revokeLaunch({ id }));
}
