import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { LicenceService, RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type { RefusalCountSchema, RefusalRowSchema } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

/** Refusals that are counted by reason: the newest of the last 30 days. */
const COUNTED = 500;
const SHOWN = 20;
const DAYS = 30;

/** What a page says of launches that were refused. */
export interface Refusals {
  readonly refusals: MessageInitShape<typeof RefusalRowSchema>[];
  readonly refusalCounts: MessageInitShape<typeof RefusalCountSchema>[];
}

/** Launches of a dispatch that were refused in the last 30 days: the newest, and how many for which reason. */
export async function readRefusals(clients: Clients, dispatchId: string): Promise<Refusals> {
  const since = timestampFromMs(Date.now() - DAYS * 24 * 3_600_000);
  const { refusals } = await clients
    .of(LicenceService)
    .listRefusals({ dispatchId, since, page: { pageSize: COUNTED } });
  const counts = new Map<RefusalReason, bigint>();
  for (const { reason } of refusals) counts.set(reason, (counts.get(reason) ?? 0n) + 1n);
  return {
    refusals: refusals.slice(0, SHOWN).map(({ id, reason, learnerId, domain, time }) => ({
      ...{ id, learnerId, domain },
      reason: textOfEnum(RefusalReason, reason),
      time: millisOf(time),
    })),
    refusalCounts: [...counts]
      .sort(([, one], [, other]) => Number(other - one))
      .map(([reason, count]) => ({ reason: textOfEnum(RefusalReason, reason), count })),
  };
}
