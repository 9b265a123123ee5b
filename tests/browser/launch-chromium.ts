import { existsSync } from "node:fs";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** Flags for every Chromium: nothing that talks to the network by itself, and no small shared memory to run out of. */
const flags = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-dev-shm-usage",
];

/**
 * Where Chromium is: `CHROMIUM_PATH`, else the system's, else the one of the npm package `@sparticuz/chromium`, which unpacks itself into
 * the folder for temporary files the first time.
 */
export async function findChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") return named;
  const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
    existsSync(path),
  );
  return system ?? (await sparticuz.executablePath());
}

/** Starts Chromium without a window. The caller closes it. */
export async function launchChromium(extraFlags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    headless: true,
    // Chromium's sandbox needs an ordinary user.
    args: [...flags, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...extraFlags],
  });
}
