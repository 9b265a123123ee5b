/** The versions of the specification whose rules we know. */
export type XapiVersion = "1.0.3" | "2.0.0";

/**
 * The rules that a version names, be it in the header `X-Experience-API-Version` or in a statement: `1.0` and `1.0.x` are 1.0.3, `2.0` and
 * `2.0.x` are 2.0.0 (1.0.3 Communication 3.3, IEEE 9274.1.1 4.1.2.2).
 */
export function readVersionHeader(text: string): XapiVersion | undefined {
  if (/^1\.0(?:\.\d{1,9})?$/.test(text)) return "1.0.3";
  if (/^2\.0(?:\.\d{1,9})?$/.test(text)) return "2.0.0";
  return undefined;
}

/** The version a statement gets that names none (1.0.3 Data 2.4.10, IEEE 9274.1.1 4.2.4.3). */
export const STAMPED_VERSION: Readonly<Record<XapiVersion, string>> = { "1.0.3": "1.0.0", "2.0.0": "2.0.0" };
