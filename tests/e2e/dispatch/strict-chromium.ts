import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../../browser/launch-chromium.ts";

/** Chromium as it is going to be: every site in a process of its own, storage of third parties apart, and no `unload` event. */
export function strictChromium(): Promise<Browser> {
  return launchChromium(["--site-per-process", "--enable-features=DeprecateUnload,ThirdPartyStoragePartitioning"]);
}

/** Newer types know the first alone; this Chromium wants all three. */
const cookieControls = {
  enableThirdPartyCookieRestriction: true,
  disableThirdPartyCookieMetadata: true,
  disableThirdPartyCookieHeuristics: true,
};

/** A page in which cookies of third parties are blocked; the switches for it do nothing in a Chromium without a window. */
export async function strictPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCookieControls", cookieControls);
  // The setting counts from the next navigation on.
  await page.goto("about:blank");
  return page;
}
