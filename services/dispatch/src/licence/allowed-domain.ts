/** Host of a page, for instance `lms.example.com` or `lms.example.com:8443`; empty when the address is none of http or https. */
export function hostOfAddress(address: string): string {
  if (!URL.canParse(address)) return "";
  const { protocol, host } = new URL(address);
  return protocol === "http:" || protocol === "https:" ? withoutDot(host) : "";
}

/**
 * Whether launches may come from a host. A domain without a port allows all of them; `*.example.com` allows every host below, and not
 * `example.com` itself.
 * @param host as {@link hostOfAddress} gives it; where it is empty nothing but the empty list allows it.
 */
export function isDomainAllowed(domains: readonly string[], host: string): boolean {
  if (domains.length === 0) return true;
  if (host === "") return false;
  const name = host.replace(/:\d+$/, "");
  return domains.map(readDomain).some((domain) => matches(domain, /:\d+$/.test(domain) ? host : name));
}

/** Who may frame the player by these domains, as sources of CSP; `*` where any may. */
export function frameAncestorsOf(domains: readonly string[]): readonly string[] {
  if (domains.length === 0) return ["*"];
  const sources = domains
    .map(readDomain)
    .filter((domain) => /^(\*\.)?([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:\d+)?$/.test(domain))
    .map((domain) => (/:\d+$/.test(domain) ? domain : `${domain}:*`));
  return sources.flatMap((source) => [`https://${source}`, `http://${source}`]);
}

/** As people write them: in capitals, with a scheme, a slash or a dot at the end. */
function readDomain(text: string): string {
  const [domain = ""] = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .split("/");
  return withoutDot(domain);
}

function matches(domain: string, host: string): boolean {
  return domain.startsWith("*.") ? host.endsWith(domain.slice(1)) && host.length > domain.length - 1 : host === domain;
}

function withoutDot(host: string): string {
  return host.toLowerCase().replace(/\.(?=$|:\d+$)/, "");
}
