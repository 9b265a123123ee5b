import type { Browser } from "playwright-core";
import { launchChromium } from "../../browser/launch-chromium.ts";

/**
 * Chromium as it is going to be: every site in a process of its own, cookies of third parties blocked, storage of third parties apart, and
 * no `unload` event.
 */
export function strictChromium(): Promise<Browser> {
  return launchChromium([
    "--site-per-process",
    "--test-third-party-cookie-phaseout",
    "--enable-features=ForceThirdPartyCookieBlockingEnabled,DeprecateUnload,ThirdPartyStoragePartitioning",
  ]);
}
