/** What every answer of the content origin carries. @param frameAncestors sources of CSP that may frame player and content. */
export function contentHeaders(frameAncestors: string): Readonly<Record<string, string>> {
  return {
    // Packages run scripts of every age: what they may do is limited by the origin they are in, not by a list of sources.
    "content-security-policy": `frame-ancestors ${frameAncestors}`,
    "x-content-type-options": "nosniff",
    // The launch's token is in the address and stays in it.
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    // Browsers phase the unload event out; courses of twenty years report their results in it.
    "permissions-policy": "unload=(self)",
    "x-robots-tag": "noindex",
  };
}

/** CSP of the player's page, which is ours: scripts from files only, frames from anywhere an activity may be. */
export function playerPolicy(frameAncestors: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self' http: https:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");
}
