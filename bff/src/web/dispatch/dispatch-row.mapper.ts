import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type Dispatch,
  type DispatchSchema,
  DispatchStatus,
  Instancing,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type {
  DispatchDraft,
  DispatchDraftSchema,
  DispatchRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import type { FoundCourse } from "../../catalog/course-directory.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import {
  toBranding,
  toBrandingView,
  toCallback,
  toCallbackView,
  toHostOptions,
  toHostOptionsView,
} from "./look.mapper.ts";
import { toTerms, toTermsView, toUsageView } from "./terms.mapper.ts";

/** What a row says of things that a dispatch names by id only. */
export interface DispatchNames {
  readonly found: FoundCourse;
  readonly destinationName: string;
}

export function toDispatchRow(
  dispatch: Dispatch,
  { found, destinationName }: DispatchNames,
): MessageInitShape<typeof DispatchRowSchema> {
  const { id, name, destinationId, courseId, tags, etag, summary } = dispatch;
  return {
    ...{ id, name, destinationId, courseId, tags, etag, destinationName },
    status: textOfEnum(DispatchStatus, dispatch.status),
    enabled: dispatch.enabled ?? true,
    courseTitle: found.course?.title ?? "",
    pinnedVersionNumber: found.versionNumber,
    terms: toTermsView(dispatch.terms),
    usage: toUsageView(summary?.usage),
    downloadCount: summary?.downloadCount ?? 0n,
    activeDeploymentCount: summary?.activeDeploymentCount ?? 0,
    launchCount: summary?.launchCount ?? 0n,
    uniqueLearnerCount: summary?.uniqueLearnerCount ?? 0n,
    completionCount: summary?.completionCount ?? 0n,
    unacknowledgedCount: summary?.unacknowledgedCount ?? 0n,
    firstLaunchTime: millisOf(summary?.firstLaunchTime),
    lastLaunchTime: millisOf(summary?.lastLaunchTime),
    createTime: millisOf(dispatch.createTime),
  };
}

/** What can be changed of a dispatch, as a form shows it. */
export function toDispatchDraft(dispatch: Dispatch): MessageInitShape<typeof DispatchDraftSchema> {
  const { name, externalId, version, description, tags, email, notes, hashLearner, shareAnalytics } = dispatch;
  const { callback, branding, hostOptions } = dispatch;
  return {
    ...{ name, externalId, version, description, tags, email, notes, hashLearner, shareAnalytics },
    pinnedVersionId: dispatch.pinnedCourseVersionId,
    terms: toTermsView(dispatch.terms),
    isStatic: dispatch.instancing === Instancing.STATIC,
    trackingEnabled: dispatch.trackingEnabled ?? true,
    ...(callback?.url && { callback: toCallbackView(callback) }),
    ...(branding && { branding: toBrandingView(branding) }),
    ...(hostOptions && { hostOptions: toHostOptionsView(hostOptions) }),
  };
}

/** What a person entered, as the service wants it. @throws FIELD_INVALID for a word that is none of a choice */
export function toDispatch(draft: DispatchDraft | undefined): MessageInitShape<typeof DispatchSchema> {
  if (draft === undefined) return {};
  const { name, externalId, version, description, tags, email, notes, hashLearner, shareAnalytics } = draft;
  return {
    ...{ name, externalId, version, description, tags, email, notes, hashLearner, shareAnalytics },
    pinnedCourseVersionId: draft.pinnedVersionId,
    terms: toTerms(draft.terms),
    instancing: draft.isStatic ? Instancing.STATIC : Instancing.INSTANCED,
    trackingEnabled: draft.trackingEnabled,
    ...(draft.callback?.url && { callback: toCallback(draft.callback) }),
    ...(draft.branding && { branding: toBranding(draft.branding) }),
    ...(draft.hostOptions && { hostOptions: toHostOptions(draft.hostOptions) }),
  };
}
