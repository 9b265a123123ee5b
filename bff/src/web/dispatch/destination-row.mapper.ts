import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Destination, DestinationSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import type { ReportLink } from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";
import type {
  DestinationDraft,
  DestinationDraftSchema,
  DestinationRowSchema,
  ReportLinkRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { toBranding, toBrandingView, toHostOptions, toHostOptionsView } from "./look.mapper.ts";
import { toTerms, toTermsView, toUsageView } from "./terms.mapper.ts";

export function toDestinationRow(destination: Destination): MessageInitShape<typeof DestinationRowSchema> {
  const { id, name, externalId, tags, email, etag, summary } = destination;
  return {
    ...{ id, name, externalId, tags, email, etag },
    enabled: destination.enabled ?? true,
    terms: toTermsView(destination.terms),
    usage: toUsageView(summary?.usage),
    dispatchCount: summary?.dispatchCount ?? 0,
    launchCount: summary?.launchCount ?? 0n,
    unacknowledgedCount: summary?.unacknowledgedCount ?? 0n,
    lmsProduct: summary?.lmsProduct ?? "",
    lastContactTime: millisOf(summary?.lastContactTime),
    createTime: millisOf(destination.createTime),
  };
}

export function toDestinationDraft(destination: Destination): MessageInitShape<typeof DestinationDraftSchema> {
  const { name, externalId, tags, email, notes, branding, hostOptions } = destination;
  return {
    ...{ name, externalId, tags, email, notes },
    terms: toTermsView(destination.terms),
    ...(branding && { branding: toBrandingView(branding) }),
    ...(hostOptions && { hostOptions: toHostOptionsView(hostOptions) }),
  };
}

/** What a person entered, as the service wants it. @throws FIELD_INVALID for a word that is none of a choice */
export function toDestination(draft: DestinationDraft | undefined): MessageInitShape<typeof DestinationSchema> {
  if (draft === undefined) return {};
  const { name, externalId, tags, email, notes, branding, hostOptions } = draft;
  return {
    ...{ name, externalId, tags, email, notes },
    terms: toTerms(draft.terms),
    ...(branding && { branding: toBranding(branding) }),
    ...(hostOptions && { hostOptions: toHostOptions(hostOptions) }),
  };
}

export function toReportLinkRow(link: ReportLink): MessageInitShape<typeof ReportLinkRowSchema> {
  return {
    id: link.id,
    withLearners: link.withLearners,
    createTime: millisOf(link.createTime),
    expireTime: millisOf(link.expireTime),
    lastUseTime: millisOf(link.lastUseTime),
  };
}
