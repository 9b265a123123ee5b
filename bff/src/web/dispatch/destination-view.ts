import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { DestinationOrder, DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DispatchOrder, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { ReportLinkService } from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";
import type { DestinationViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toDestination, toDestinationDraft, toDestinationRow, toReportLinkRow } from "./destination-row.mapper.ts";
import { nameDispatches } from "./name-dispatches.ts";

const ROWS = 50;
/** Dispatches and links on the page of one. */
const DISPATCHES = 200;
const LINKS = 50;

/** All that a draft has; the external id is given once. */
const DRAFT_FIELDS = ["name", "tags", "email", "notes", "terms", "branding", "host_options"];

/** Pages of destinations. */
export function destinationView(deps: ViewDeps): ServiceImpl<typeof DestinationViewService> {
  const { clients, logger } = deps;
  const destinations = clients.of(DestinationService);
  const links = clients.of(ReportLinkService);
  return {
    async listDestinations({ query, state, silentSince, pageToken }) {
      const answer = await destinations.listDestinations({
        query,
        ...(state !== "" && { enabled: state !== "paused" }),
        ...(silentSince > 0n && { silentSince: timestampFromMs(Number(silentSince)) }),
        order: DestinationOrder.NAME_ASC,
        page: { pageSize: ROWS, pageToken, withTotal: true },
      });
      return {
        destinations: answer.destinations.map(toDestinationRow),
        nextPageToken: answer.page?.nextPageToken ?? "",
        total: answer.page?.total ?? 0n,
      };
    },

    async getDestination({ id }) {
      const { destination } = await destinations.getDestination({ by: { case: "id", value: id } });
      if (destination === undefined) return {};
      const [listed, found] = await Promise.all([
        clients.of(DispatchService).listDispatches({
          destinationId: id,
          order: DispatchOrder.LAST_LAUNCH_DESC,
          page: { pageSize: DISPATCHES },
        }),
        optionalPart("report links", links.listReportLinks({ destinationId: id, page: { pageSize: LINKS } }), logger),
      ]);
      return {
        destination: toDestinationRow(destination),
        draft: toDestinationDraft(destination),
        dispatches: await nameDispatches(deps, listed.dispatches),
        reportLinks: (found?.reportLinks ?? []).map(toReportLinkRow),
      };
    },

    async createDestination({ requestId, draft }) {
      const request = { requestId: requestId || uuidV7(), destination: toDestination(draft) };
      return { id: (await destinations.createDestination(request)).destination?.id ?? "" };
    },

    async updateDestination({ id, etag, draft }) {
      const destination = { ...toDestination(draft), id, etag };
      await destinations.updateDestination({ destination, updateMask: { paths: DRAFT_FIELDS } });
      return {};
    },

    async setDestinationEnabled({ id, enabled }) {
      await destinations.updateDestination({ destination: { id, enabled }, updateMask: { paths: ["enabled"] } });
      return {};
    },

    async deleteDestination({ id }) {
      await destinations.deleteDestination({ id });
      return {};
    },

    async createReportLink({ requestId, dispatchId, destinationId, withLearners, expireTime }) {
      const { url } = await links.createReportLink({
        requestId: requestId || uuidV7(),
        of:
          dispatchId === ""
            ? { case: "destinationId", value: destinationId }
            : { case: "dispatchId", value: dispatchId },
        withLearners,
        ...(expireTime > 0n && { expireTime: timestampFromMs(Number(expireTime)) }),
      });
      return { url };
    },

    async deleteReportLink({ id }) {
      await links.deleteReportLink({ id });
      return {};
    },
  };
}
