import type { ScriptedBrowser } from "./scripted-browser.ts";
import { playCourse, type Reached } from "./scripted-player.ts";
import { ScriptedWindow } from "./scripted-window.ts";

/** A launch of a package in a platform's frame, from the page of the package down to the player. */
export interface ScriptedCourse {
  /** The package's page. */
  readonly page: ScriptedWindow;
  /** Our page around the player; undefined while there is none. */
  readonly bridge: () => ScriptedWindow | undefined;
  /** What the package's page shows: `starting`, `frame`, `ended`, `refused`, … */
  readonly shown: () => string;
}

/** Texts of scripts that the gateway serves, by address; they do not change while it runs. */
const served = new Map<string, string>();

/**
 * Opens a package's own scripts, byte for byte as they were downloaded; what they open is served by the product.
 * @param files of the package. @param platform the window around it, with the platform's API.
 */
export function openScriptedCourse(
  browser: ScriptedBrowser,
  address: string,
  files: ReadonlyMap<string, Buffer>,
  platform: object,
  learner: Reached,
): ScriptedCourse {
  const onFrame = (url: string, around: ScriptedWindow): ScriptedWindow => {
    if (url.includes("/dispatch/v1/bridge/")) return openBridge(browser, url, around, onFrame);
    const player = new ScriptedWindow({ browser, url, parent: around });
    void playCourse(player, learner);
    return player;
  };
  const page = new ScriptedWindow({ browser, url: address, platform, rootId: "launcher", onFrame });
  page.run(textOf(files, "package.js"), textOf(files, "launcher.js"));
  return { page, bridge: () => page.frames[0], shown: () => page.root.dataset.page ?? "" };
}

/** The bridge's page: its address first, its script once it was served. */
function openBridge(
  browser: ScriptedBrowser,
  url: string,
  parent: ScriptedWindow,
  onFrame: (url: string, around: ScriptedWindow) => ScriptedWindow,
): ScriptedWindow {
  const rootId = "coursemesh";
  const window = new ScriptedWindow({ browser, url, parent, rootId, onFrame });
  void load(window, url).catch(() => undefined);
  return window;
}

async function load(window: ScriptedWindow, url: string): Promise<void> {
  const html = await (await window.fetch(url)).text();
  const data = /data-page="([^"]*)"/.exec(html)?.[1] ?? "";
  window.root.dataset.page = data.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const source = /<script src="([^"]*)"/.exec(html)?.[1] ?? "";
  const address = new URL(source, url).href;
  const script = served.get(address) ?? (await (await window.fetch(address)).text());
  served.set(address, script);
  if (!window.closed) window.run(script);
}

function textOf(files: ReadonlyMap<string, Buffer>, name: string): string {
  const bytes = files.get(name);
  if (bytes === undefined) throw new Error(`the package has no ${name}`);
  return bytes.toString();
}
