import { webAddress } from "../settings.ts";

/** Where an activity's content is: below the launch's address, or on the web when the manifest says so. */
export function activityAddress(base: string, href: string): string {
  return webAddress(href) || `${base}c/${href}`;
}

/** The launch's address, `/l/<token>/`, of the page's path. */
export function launchBase(path: string): string {
  return path.endsWith("/") ? path : path.slice(0, path.lastIndexOf("/") + 1);
}
