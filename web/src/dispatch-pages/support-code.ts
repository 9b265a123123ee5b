/** A short code that finds a dispatch again, for people who call for help: from the end of its id, whose beginning is a time. */
export function supportCode(id: string): string {
  const hex = id.replace(/[^0-9a-f]/gi, "").toUpperCase();
  return hex.length < 8 ? "" : `${hex.slice(-8, -4)}-${hex.slice(-4)}`;
}
