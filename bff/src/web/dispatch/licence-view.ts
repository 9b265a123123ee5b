import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import {
  type Destination,
  DestinationOrder,
  DestinationService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { type Licence, LicenceService, LicenceStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type { LicenceRowSchema, LicenceViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";
import { valuesOfTexts } from "../webhook/value-of-text.ts";
import { toBrandingView } from "./look.mapper.ts";
import { readRefusals } from "./read-refusals.ts";
import { toTerms, toTermsView, toUsageView } from "./terms.mapper.ts";

const ROWS = 50;
const SEATS = 100;

/** Pages of licences: of dispatches, and of destinations. */
export function licenceView({ clients, logger }: ViewDeps): ServiceImpl<typeof LicenceViewService> {
  const licences = clients.of(LicenceService);
  const destinations = clients.of(DestinationService);
  const dispatches = clients.of(DispatchService);

  /** Branding that learners of a licence see. */
  const brandingOf = async (scope: string, id: string, ownerId: string) => {
    const own =
      scope === "dispatch" ? (await dispatches.getDispatch({ by: { case: "id", value: id } })).dispatch : undefined;
    if (own?.branding) return own.branding;
    return (await destinations.getDestination({ by: { case: "id", value: ownerId } })).destination?.branding;
  };
  const seatsOf = (dispatchId: string) =>
    licences.listSeats({ dispatchId, page: { pageSize: SEATS, withTotal: true } });

  return {
    async listLicences({ scope, destinationId, statuses, pageToken }) {
      const page = { pageSize: ROWS, pageToken };
      if (scope === "destination") {
        const answer = await destinations.listDestinations({ order: DestinationOrder.NAME_ASC, page });
        return {
          licences: answer.destinations.map(rowOfDestination),
          nextPageToken: answer.page?.nextPageToken ?? "",
        };
      }
      const answer = await licences.listLicences({
        destinationId,
        statuses: valuesOfTexts(LicenceStatus, statuses, "statuses"),
        page,
      });
      return { licences: answer.licences.map(toLicenceRow), nextPageToken: answer.page?.nextPageToken ?? "" };
    },

    async getLicence({ scope, id }) {
      const { licence } = await licences.getLicence({ of: subjectOf(scope, id) });
      if (licence === undefined) return {};
      const isDispatch = scope === "dispatch";
      const [branding, seats, refusals] = await Promise.all([
        optionalPart("branding", brandingOf(scope, id, licence.ownerId), logger),
        isDispatch ? optionalPart("seats", seatsOf(id), logger) : undefined,
        isDispatch ? optionalPart("refusals", readRefusals(clients, id), logger) : undefined,
      ]);
      return {
        licence: toLicenceRow(licence),
        ...(branding && { shownBranding: toBrandingView(branding) }),
        seats: (seats?.seats ?? []).map((seat) => ({
          ...{ id: seat.id, externalSessionId: seat.externalSessionId, learnerId: seat.learnerId },
          takeTime: millisOf(seat.takeTime),
          lastUseTime: millisOf(seat.lastUseTime),
          freeTime: millisOf(seat.freeTime),
        })),
        seatTotal: seats?.page?.total ?? 0n,
        ...refusals,
      };
    },

    async setTerms({ scope, id, terms }) {
      const change = { id, terms: toTerms(terms) };
      const updateMask = { paths: ["terms"] };
      const { case: kind } = subjectOf(scope, id);
      if (kind === "dispatchId") await dispatches.updateDispatch({ dispatch: change, updateMask });
      else await destinations.updateDestination({ destination: change, updateMask });
      return {};
    },

    async resetUsage({ requestId, scope, id }) {
      await licences.resetUsage({ requestId: requestId || uuidV7(), of: subjectOf(scope, id) });
      return {};
    },

    async releaseSeat({ dispatchId, seatId, revoke }) {
      await licences.releaseSeat({ dispatchId, seatId, revoke });
      return {};
    },
  };
}

function subjectOf(scope: string, value: string) {
  if (scope === "dispatch") return { case: "dispatchId" as const, value };
  if (scope === "destination") return { case: "destinationId" as const, value };
  throw fieldInvalid("scope", `“${scope}” is none of the choices`);
}

function toLicenceRow(licence: Licence): MessageInitShape<typeof LicenceRowSchema> {
  const { of, name, terms, usage, ownerId, ownerName, createTime } = licence;
  return {
    id: of.value ?? "",
    scope: of.case === "destinationId" ? "destination" : "dispatch",
    name,
    destinationId: ownerId,
    destinationName: ownerName,
    terms: toTermsView(terms),
    usage: toUsageView(usage),
    countStartTime: millisOf(usage?.resetTime ?? createTime),
  };
}

function rowOfDestination({
  id,
  name,
  terms,
  summary,
  createTime,
}: Destination): MessageInitShape<typeof LicenceRowSchema> {
  return {
    ...{ id, name, scope: "destination", destinationId: id, destinationName: name },
    terms: toTermsView(terms),
    usage: toUsageView(summary?.usage),
    countStartTime: millisOf(summary?.usage?.resetTime ?? createTime),
  };
}
