const parts = /^(\d{1,6}):(\d{2}):(\d{2})(?:\.(\d{1,2}))?$/;

/**
 * Centiseconds of a CMITimespan `HHHH:MM:SS.SS` (RTE 3.4.5), or undefined when the text is none.
 * Whole numbers, so that a sum over a thousand sessions is exact. 1 to 6 hour digits are read.
 */
export function parseTimespan(text: string): number | undefined {
  const match = parts.exec(text);
  if (!match) return undefined;
  const [, hours = "", minutes = "", seconds = "", fraction = ""] = match;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 100 + Number(fraction.padEnd(2, "0"));
}

/** `HHHH:MM:SS.SS` with at least four hour digits; the form in which `cmi.core.total_time` is answered. */
export function formatTimespan(centiseconds: number): string {
  const seconds = Math.floor(centiseconds / 100);
  const digits = (value: number, width: number) => String(value).padStart(width, "0");
  return `${digits(Math.floor(seconds / 3600), 4)}:${digits(Math.floor(seconds / 60) % 60, 2)}:${digits(seconds % 60, 2)}.${digits(centiseconds % 100, 2)}`;
}
