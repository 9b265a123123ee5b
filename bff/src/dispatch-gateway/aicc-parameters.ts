/** What an AICC host adds to an address (CMI001 6.4.1). */
export interface AiccParameters {
  readonly sid: string;
  readonly url: string;
}

/**
 * Reads a host's session id and address from a query. Hosts write the names in any case and may leave the scheme out. Undefined when the
 * page was not opened by a host.
 */
export function aiccParameters(query: unknown): AiccParameters | undefined {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(typeof query === "object" && query !== null ? query : {})) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === "string") found.set(name.toLowerCase(), first.trim());
  }
  const [sid = "", address = ""] = [found.get("aicc_sid"), found.get("aicc_url")];
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  return sid === "" || address === "" || !URL.canParse(url) ? undefined : { sid, url };
}
