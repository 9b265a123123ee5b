import type { JournalStatus } from "../journal/journal-status.ts";

/** What support needs to know, as text for the clipboard: no names and no answers. */
export function supportDetails(launchId: string, { recorded, acknowledged, kept, error }: JournalStatus): string {
  return [
    `launch ${launchId || "-"}`,
    `calls ${recorded}, on the server ${acknowledged}, kept here ${kept ? "yes" : "no"}`,
    error ? `error ${error.status} ${error.reason}: ${error.message}` : "no error",
    `time ${new Date().toISOString()}, online ${navigator.onLine}`,
    navigator.userAgent,
  ].join("\n");
}
