import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type {
  ReplayPlanView,
  ReplayRowSchema,
  WebhookReplayViewService,
} from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import {
  type Replay,
  type ReplayPlanSchema,
  ReplayScope,
  ReplayService,
  ReplayState,
} from "@coursemesh/proto/coursemesh/webhook/v1/replay_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { rangeOf } from "../event/event-view.ts";
import type { ViewDeps } from "../view-deps.ts";
import { type EndpointNames, endpointNames } from "./endpoint-names.ts";
import { valueOfText } from "./value-of-text.ts";

const REPLAYS = 50;

function toReplayRow(replay: Replay, names: EndpointNames): MessageInitShape<typeof ReplayRowSchema> {
  const { id, plan, state, totalCount, deliveredCount, failedCount, createTime, endTime, createdBy } = replay;
  return {
    id,
    plan: {
      endpointId: plan?.endpointId ?? "",
      scope: textOfEnum(ReplayScope, plan?.scope ?? 0),
      since: millisOf(plan?.since),
      until: millisOf(plan?.until),
      types: plan?.filter?.types ?? [],
    },
    endpointName: names.nameOf(plan?.endpointId ?? ""),
    state: textOfEnum(ReplayState, state),
    totalCount,
    deliveredCount,
    failedCount,
    createTime: millisOf(createTime),
    endTime: millisOf(endTime),
    createdBy,
  };
}

function toPlan(plan: ReplayPlanView | undefined): MessageInitShape<typeof ReplayPlanSchema> {
  if (plan === undefined) return {};
  const scope = valueOfText(ReplayScope, plan.scope, "plan.scope");
  return { endpointId: plan.endpointId, scope, ...rangeOf(plan), filter: { types: plan.types } };
}

/** Pages of replays. */
export function webhookReplayView({ clients }: ViewDeps): ServiceImpl<typeof WebhookReplayViewService> {
  const replays = clients.of(ReplayService);
  const rowOf = async ({ replay }: { replay?: Replay | undefined }) =>
    replay ? { replay: toReplayRow(replay, await endpointNames(clients)) } : {};

  return {
    async listReplays({ endpointId, pageToken }) {
      const [answer, names] = await Promise.all([
        replays.listReplays({ endpointId, page: { pageSize: REPLAYS, pageToken } }),
        endpointNames(clients),
      ]);
      return {
        replays: answer.replays.map((replay) => toReplayRow(replay, names)),
        nextPageToken: answer.page?.nextPageToken ?? "",
        endpoints: names.choices,
      };
    },

    async getReplay({ id }) {
      return rowOf(await replays.getReplay({ id }));
    },

    async estimateReplay({ plan }) {
      const { eventCount, firstOccurTime, lastOccurTime } = await replays.previewReplay({ plan: toPlan(plan) });
      return { eventCount, firstTime: millisOf(firstOccurTime), lastTime: millisOf(lastOccurTime) };
    },

    async createReplay({ requestId, plan }) {
      return rowOf(await replays.createReplay({ requestId: requestId || uuidV7(), plan: toPlan(plan) }));
    },

    async cancelReplay({ id }) {
      return rowOf(await replays.cancelReplay({ id }));
    },
  };
}
