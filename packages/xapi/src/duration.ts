/** ISO 8601:2004 4.4.3.2. Every run of digits ends at another letter, so nothing is read twice. */
const form =
  /^P(?:(\d+(?:[.,]\d+)?W)|(\d+(?:[.,]\d+)?Y)?(\d+(?:[.,]\d+)?M)?(\d+(?:[.,]\d+)?D)?(?:T(\d+(?:[.,]\d+)?H)?(\d+(?:[.,]\d+)?M)?(\d+(?:[.,]\d+)?S)?)?)$/;

/** Longer than any duration that means something. */
const LONGEST = 255;

/** The components of a duration in their order, as written; undefined when the text is none. */
function componentsOf(text: string): readonly string[] | undefined {
  if (text.length > LONGEST) return undefined;
  const match = form.exec(text);
  if (!match || text.endsWith("T")) return undefined;
  const components = match.slice(1).filter((part) => part !== undefined);
  if (components.length === 0) return undefined;
  // Only the last may have a fraction.
  return components.slice(0, -1).some((part) => /[.,]/.test(part)) ? undefined : components;
}

/** Whether a text is a duration (1.0.3 Data 4.6): `PnYnMnDTnHnMnS` or `PnW`, the last component with a fraction if need be. */
export function isDuration(text: string): boolean {
  return componentsOf(text) !== undefined;
}

/**
 * What is compared of a duration: its text with seconds cut, not rounded, to 0.01 (1.0.3 Data 4.6, IEEE 9274.1.1 4.2.7). `PT60S` and
 * `PT1M` differ, since units cannot be converted without a calendar (1.0.3 Data 2.3.1). A text that is no duration stays itself.
 */
export function comparableDuration(text: string): string {
  if (!text.endsWith("S") || !isDuration(text)) return text;
  const point = text.search(/[.,]/);
  if (point < 0) return text;
  const fraction = text.slice(point + 1, Math.min(point + 3, text.length - 1)).replace(/0+$/, "");
  return `${text.slice(0, point)}${fraction === "" ? "" : `.${fraction}`}S`;
}

/** A number of seconds as a duration, to 0.01 s: 90.5 is `PT1M30.5S`. Less than nothing is nothing, and no session lasts longer than 30,000 years. */
export function durationOfSeconds(seconds: number): string {
  const possible = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 1e12) : 0;
  const hundredths = Math.floor(possible * 100 + 1e-6);
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor(hundredths / 6000) % 60;
  const rest = (hundredths % 6000) / 100;
  const parts = [hours > 0 ? `${hours}H` : "", minutes > 0 ? `${minutes}M` : "", rest > 0 ? `${rest}S` : ""].join("");
  return `PT${parts === "" ? "0S" : parts}`;
}
