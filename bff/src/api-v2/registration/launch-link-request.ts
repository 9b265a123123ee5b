import { z } from "zod";

/** Words for pages of the vendor's own; ours is the closing page. */
const KEYWORDS = new Set(["closer", "blank", "message"]);

/** A `LaunchLinkRequestSchema`, with the names the launch service has. Looks and tags of the link are not ours to keep. */
export const launchLinkRequest = z
  .object({
    /** Seconds the link works. */
    expiry: z.int().min(10).max(2_592_000).nullish(),
    redirectOnExitUrl: z.string().nullish(),
    tracking: z.boolean().nullish(),
    startSco: z.string().nullish(),
    culture: z.string().nullish(),
  })
  .transform(({ expiry, redirectOnExitUrl, tracking, startSco, culture }) => ({
    expireSeconds: expiry ?? 120,
    returnUrl: KEYWORDS.has(redirectOnExitUrl?.toLowerCase() ?? "") ? "" : (redirectOnExitUrl ?? ""),
    untracked: tracking === false,
    activity: startSco ?? "",
    locale: culture ?? "",
  }));
