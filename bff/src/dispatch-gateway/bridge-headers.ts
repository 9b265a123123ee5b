/** Sources that may stand in a policy: one word, so that nobody adds a directive of their own. */
const SOURCE = /^[^\s;,"]{1,300}$/;

/** What the page around the player may load, and who may frame it. */
export interface BridgePolicy {
  /** Sources of CSP; `*` for any; none: only this origin. */
  readonly frameAncestors: readonly string[];
  /** Where browsers reach the content origin; `{version}` in the host stands for a name of each course version. */
  readonly contentUrl: string;
  /** Style sheet of another origin that the dispatch asks for; empty for none. */
  readonly cssUrl: string;
}

/** Headers of the page around the player. They take the place of those that our own pages have, which nobody may frame. */
export function bridgeHeaders({ frameAncestors, contentUrl, cssUrl }: BridgePolicy): Record<string, string> {
  const ancestors = ["'self'", ...frameAncestors.filter((source) => SOURCE.test(source))];
  const style = URL.canParse(cssUrl) ? [new URL(cssUrl).origin] : [];
  return {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      ["style-src 'self'", ...style].join(" "),
      "img-src 'self' data: https: http:",
      ["font-src 'self'", ...style].join(" "),
      "connect-src 'self'",
      `frame-src ${contentSource(contentUrl)}`,
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${ancestors.join(" ")}`,
    ].join("; "),
    // In a window of its own the page answers the one that opened it.
    "cross-origin-opener-policy": "unsafe-none",
    "cross-origin-resource-policy": "cross-origin",
    // The player lets itself be nudged by origin; more than that nobody needs.
    "referrer-policy": "strict-origin-when-cross-origin",
    // Courses are of all kinds: what they may use is for the platform around, and the learner, to say.
    "permissions-policy": "camera=*, microphone=*, unload=*",
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
  };
}

function contentSource(contentUrl: string): string {
  const { protocol, host } = new URL(contentUrl.replace("{version}", "version-wildcard"));
  return `${protocol}//${host.replace("version-wildcard", "*")}`;
}
