import { isRecord } from "../dispatch-protocol/host-result.ts";

/** How a dispatch looks; texts are empty where nothing was chosen. */
export interface Branding {
  readonly logoUrl: string;
  /** `#rrggbb`. */
  readonly primaryColor: string;
  readonly secondaryColor: string;
  readonly supportText: string;
  readonly supportUrl: string;
}

/** Reads a dispatch's branding; what is no colour or no address of the web is left out. */
export function readBranding(value: unknown): Branding {
  const fields = isRecord(value) ? value : {};
  const color = (name: string) => (/^#[0-9a-f]{6}$/i.test(textOf(fields[name])) ? textOf(fields[name]) : "");
  const address = (name: string) => (/^https?:\/\//i.test(textOf(fields[name])) ? textOf(fields[name]) : "");
  return {
    logoUrl: address("logoUrl"),
    primaryColor: color("primaryColor"),
    secondaryColor: color("secondaryColor"),
    supportText: textOf(fields.supportText),
    supportUrl: address("supportUrl"),
  };
}

/** A text, or none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
