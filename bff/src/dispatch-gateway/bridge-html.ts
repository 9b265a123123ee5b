/** What the page around the player is told when it is served. */
export interface BridgePage {
  /** Where the page's script and style are, without a slash at the end. */
  readonly assets: string;
  readonly title: string;
  /** Of the dispatch's own style, on our origin; empty for none. */
  readonly stylesheets: readonly string[];
  /** For the script: dispatch, branding, and the refusal if there is one. */
  readonly data: object;
  /** Shown where scripts do not run, and until they do. */
  readonly heading: string;
  readonly text: string;
}

/** The page around the player, and the page of a refusal: the same page with other words. Nothing in it is HTML of somebody else. */
export function bridgeHtml({ assets, title, stylesheets, data, heading, text }: BridgePage): string {
  const sheets = [`${assets}/bridge.css`, ...stylesheets]
    .map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`)
    .join("\n");
  const body =
    heading === "" ? "" : `<main class="card"><h1>${escapeHtml(heading)}</h1><p>${escapeHtml(text)}</p></main>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
${sheets}</head>
<body><div id="coursemesh" class="coursemesh-page" data-page="${escapeHtml(JSON.stringify(data))}">${body}</div>
<noscript>This course needs JavaScript.</noscript>
<script src="${escapeHtml(assets)}/bridge.js"></script></body>
</html>
`;
}

/** A text as it may stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
