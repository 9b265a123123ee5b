import type { MessageInitShape } from "@bufbuild/protobuf";
import type { DispatchBranding } from "@coursemesh/proto/coursemesh/dispatch/v1/branding_pb.ts";
import type { HostOptions, HostOptionsSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import { z } from "zod";
import { statusMapping, windowMode } from "./texts.ts";

const color = z.string().regex(/^(?:#[0-9a-fA-F]{6})?$/, "must be #rrggbb, or empty");
const address = z.url().or(z.literal(""));

/** How a dispatch looks to learners. */
export const brandingSchema = z
  .object({
    logoUrl: address,
    primaryColor: color,
    secondaryColor: color,
    cssUrl: address,
    css: z.string().max(65_536),
    supportText: z.string().max(2_000).describe("Shown on pages of refusal."),
    supportUrl: address,
  })
  .partial();

/** How results are told to the host LMS. */
export const hostOptionsSchema = z
  .object({
    statusMapping: statusMapping.schema.describe("How completion and success become the one status of SCORM 1.2."),
    onlyImprove: z.boolean(),
    suspendWhenIncomplete: z.boolean(),
    scaleScore: z.boolean(),
    windowMode: windowMode.schema,
    windowWidth: z.int().min(0),
    windowHeight: z.int().min(0),
  })
  .partial();

export function toHostOptions(given: z.output<typeof hostOptionsSchema>): MessageInitShape<typeof HostOptionsSchema> {
  const { statusMapping: mapping, windowMode: mode, ...rest } = given;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    statusMapping: statusMapping.valueOf(mapping ?? "") ?? 0,
    windowMode: windowMode.valueOf(mode ?? "") ?? 0,
  };
}

export function toBrandingData(branding: DispatchBranding | undefined): z.output<typeof brandingSchema> {
  const { logoUrl = "", primaryColor = "", secondaryColor = "", cssUrl = "", css = "" } = branding ?? {};
  const { supportText = "", supportUrl = "" } = branding ?? {};
  return { logoUrl, primaryColor, secondaryColor, cssUrl, css, supportText, supportUrl };
}

export function toHostOptionsData(options: HostOptions | undefined): z.output<typeof hostOptionsSchema> | null {
  if (options === undefined) return null;
  return {
    onlyImprove: options.onlyImprove,
    suspendWhenIncomplete: options.suspendWhenIncomplete,
    scaleScore: options.scaleScore,
    windowWidth: options.windowWidth,
    windowHeight: options.windowHeight,
    ...(options.statusMapping !== 0 && { statusMapping: statusMapping.textOf(options.statusMapping) }),
    ...(options.windowMode !== 0 && { windowMode: windowMode.textOf(options.windowMode) }),
  };
}
