import { type Dispatch, Instancing } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { z } from "zod";
import { isoOf } from "../../contract/timestamp.ts";
import { brandingSchema, hostOptionsSchema, toBrandingData, toHostOptionsData } from "./presentation.ts";
import { termsSchema, toTermsData, toUsageData, usageSchema } from "./terms.ts";
import { callbackAuth, callbackFormat, dispatchStatus } from "./texts.ts";

const time = z.string().nullable();

/** A dispatch as this API shows it. */
export const dispatchData = z.object({
  id: z.string(),
  externalId: z.string(),
  destinationId: z.string(),
  courseId: z.string(),
  pinnedCourseVersionId: z.string().nullable(),
  name: z.string(),
  version: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  email: z.string(),
  notes: z.string(),
  status: z.string().describe(`One of ${dispatchStatus.names.join(", ")}.`),
  enabled: z.boolean(),
  instanced: z.boolean(),
  hashLearner: z.boolean(),
  trackingEnabled: z.boolean(),
  shareAnalytics: z.boolean(),
  ...termsSchema.shape,
  usage: usageSchema,
  callback: z.object({ url: z.string(), fallbackUrl: z.string(), auth: z.string(), format: z.string() }).nullable(),
  branding: brandingSchema,
  hostOptions: hostOptionsSchema.nullable().describe("Null: the destination's."),
  downloadCount: z.int(),
  activeDeployments: z.int(),
  launches: z.int(),
  uniqueLearners: z.int(),
  completions: z.int(),
  unacknowledgedResults: z.int().describe("Finished here and not acknowledged by the customer's LMS."),
  firstLaunchAt: time,
  lastLaunchAt: time,
  createdAt: time,
  updatedAt: time,
  etag: z.string(),
});

export function toDispatchData(dispatch: Dispatch): z.output<typeof dispatchData> {
  const { summary, callback } = dispatch;
  return {
    id: dispatch.id,
    externalId: dispatch.externalId,
    destinationId: dispatch.destinationId,
    courseId: dispatch.courseId,
    pinnedCourseVersionId: dispatch.pinnedCourseVersionId || null,
    name: dispatch.name,
    version: dispatch.version,
    description: dispatch.description,
    tags: dispatch.tags,
    email: dispatch.email,
    notes: dispatch.notes,
    status: dispatchStatus.textOf(dispatch.status),
    enabled: dispatch.enabled ?? true,
    instanced: dispatch.instancing !== Instancing.STATIC,
    hashLearner: dispatch.hashLearner,
    trackingEnabled: dispatch.trackingEnabled ?? true,
    shareAnalytics: dispatch.shareAnalytics,
    ...toTermsData(dispatch.terms),
    usage: toUsageData(summary?.usage),
    callback: callback?.url
      ? {
          url: callback.url,
          fallbackUrl: callback.fallbackUrl,
          auth: callbackAuth.textOf(callback.auth),
          format: callbackFormat.textOf(callback.format),
        }
      : null,
    branding: toBrandingData(dispatch.branding),
    hostOptions: toHostOptionsData(dispatch.hostOptions),
    downloadCount: Number(summary?.downloadCount ?? 0n),
    activeDeployments: summary?.activeDeploymentCount ?? 0,
    launches: Number(summary?.launchCount ?? 0n),
    uniqueLearners: Number(summary?.uniqueLearnerCount ?? 0n),
    completions: Number(summary?.completionCount ?? 0n),
    unacknowledgedResults: Number(summary?.unacknowledgedCount ?? 0n),
    firstLaunchAt: isoOf(summary?.firstLaunchTime) ?? null,
    lastLaunchAt: isoOf(summary?.lastLaunchTime) ?? null,
    createdAt: isoOf(dispatch.createTime) ?? null,
    updatedAt: isoOf(dispatch.updateTime) ?? null,
    etag: dispatch.etag,
  };
}
