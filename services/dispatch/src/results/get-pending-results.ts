import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import {
  type GetPendingResultsRequest,
  type GetPendingResultsResponse,
  GetPendingResultsResponseSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import type { SessionRow } from "../external_session/session-row.ts";
import { touchSeat } from "../licence/seats.ts";
import { readSessionToken, type VerifiedSession } from "../signing_key/session-token.ts";
import { untilNews } from "./askers.ts";
import { pendingResults } from "./pending-results.ts";
import { takeResult } from "./take-result.ts";

/** How often a waiting asker looks again for what another process took. */
const LOOK_MS = 2_000;

/**
 * What the host should be told after a sequence, and whether the page should stop. Asks the runtime at once and, when there is nothing,
 * waits for news as long as asked.
 * @throws SESSION_TOKEN_INVALID
 */
export async function getPendingResults(
  parts: DispatchParts,
  { sessionToken, afterSequence, waitMs }: GetPendingResultsRequest,
): Promise<GetPendingResultsResponse> {
  const claims = await readSessionToken(parts.keys, sessionToken, parts.now());
  if (claims === undefined) throw errors.sessionTokenInvalid();
  const until = performance.now() + waitMs;
  const after = Number(afterSequence);
  let { session, over } = await inTenant(parts.pool(), claims.organizationId, async (client) => {
    const read = await readSession(client, claims);
    if (!read.over)
      await touchSeat(client, { dispatchId: claims.dispatchId, learnerKey: read.session.learner_key }, parts.now());
    return read;
  });
  session = await takeResult(parts, session);
  for (;;) {
    const results = pendingResults(session, after);
    const left = until - performance.now();
    if (results.length > 0 || over || left <= 0 || parts.stopping.aborted) {
      return create(GetPendingResultsResponseSchema, { results, over });
    }
    await untilNews(session.id, Math.min(LOOK_MS, left), parts.stopping);
    ({ session, over } = await inTenant(parts.pool(), claims.organizationId, (client) => readSession(client, claims)));
  }
}

/** The session of a token, with whether its launch is over from our side. */
async function readSession(
  client: pg.ClientBase,
  { externalSessionId, exchangeId }: VerifiedSession,
): Promise<{ readonly session: SessionRow; readonly over: boolean }> {
  const { rows } = await client.query<SessionRow & { ended: boolean; seat_revoked: boolean }>(
    `select e.*, x.replayed_at is not null or x.ended_at is not null as ended,
       coalesce((select s.revoked from seat s where s.dispatch_id = e.dispatch_id and s.learner_key = e.learner_key), false) as seat_revoked
     from external_session e join launch_exchange x on x.external_session_id = e.id where e.id = $1 and x.id = $2`,
    [externalSessionId, exchangeId],
  );
  const [row] = rows;
  if (row === undefined) throw errors.sessionTokenInvalid();
  return {
    session: row,
    over: row.revoked_at !== null || row.merged_into !== null || row.ended || row.seat_revoked,
  };
}
