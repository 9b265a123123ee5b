import { isRecord, wholeNumber } from "../../dispatch-protocol/host-result.ts";

/** How results are told to the host. */
export interface HostOptions {
  /** How completion and success become the one status of SCORM 1.2. */
  readonly statusMapping: "successFirst" | "completionOnly" | "both";
  /** A worse result never replaces a better one. */
  readonly onlyImprove: boolean;
  /** Exit with `suspend` while the course is not complete. */
  readonly suspendWhenIncomplete: boolean;
  /** Scores as 0 to 100 instead of as the course gave them. */
  readonly scaleScore: boolean;
  readonly windowMode: "frame" | "window";
  /** CSS pixels; 0: the browser's. */
  readonly windowWidth: number;
  readonly windowHeight: number;
}

/** Reads options from the contract's JSON; `windowMode` of the admission wins. */
export function readHostOptions(value: unknown, windowMode: unknown): HostOptions {
  const fields = isRecord(value) ? value : {};
  const mode = windowMode === "WINDOW_MODE_WINDOW" || fields.windowMode === "WINDOW_MODE_WINDOW";
  return {
    statusMapping: mappings[String(fields.statusMapping)] ?? "successFirst",
    onlyImprove: fields.onlyImprove === true,
    suspendWhenIncomplete: fields.suspendWhenIncomplete === true,
    scaleScore: fields.scaleScore === true,
    windowMode: mode ? "window" : "frame",
    windowWidth: wholeNumber(fields.windowWidth),
    windowHeight: wholeNumber(fields.windowHeight),
  };
}

const mappings: Readonly<Record<string, HostOptions["statusMapping"]>> = {
  STATUS_MAPPING_COMPLETION_ONLY: "completionOnly",
  STATUS_MAPPING_BOTH: "both",
};
