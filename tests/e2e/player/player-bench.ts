import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { build } from "vite";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { FakeContentOrigin } from "./fake-content-origin.ts";

/** A built player, a server that plays the content origin, and a browser. */
export interface PlayerBench {
  readonly origin: FakeContentOrigin;
  readonly address: string;
  readonly browser: Browser;
  /** A learner's browser: storage of its own. */
  context(): Promise<BrowserContext>;
  stop(): Promise<void>;
}

/** Builds the player and starts what it needs. */
export async function startPlayerBench(): Promise<PlayerBench> {
  const folder = await mkdtemp(join(tmpdir(), "coursemesh-player-"));
  const configFile = new URL("../../../web/vite.player.config.ts", import.meta.url).pathname;
  await build({ configFile, logLevel: "error", build: { outDir: folder, emptyOutDir: true } });
  const origin = new FakeContentOrigin(folder);
  const address = await origin.start();
  const browser = await launchChromium();
  const contexts: BrowserContext[] = [];
  return {
    origin,
    address,
    browser,
    async context() {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      contexts.push(context);
      return context;
    },
    async stop() {
      await browser.close();
      await origin.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The content inside the player. */
export function courseIn(page: Page) {
  return page.frameLocator("iframe.course-frame");
}
