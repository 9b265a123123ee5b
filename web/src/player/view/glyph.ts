const size = 16;
const namespace = "http://www.w3.org/2000/svg";

const circle = "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z";
const shield = "M8 1.2 13.8 3v4.6c0 3.4-2.4 5.9-5.8 7.2-3.4-1.3-5.8-3.8-5.8-7.2V3Z";
const tick = "m5 8.2 2.1 2.1L11 6";
const cross = "m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4";

/** Drawings by name: what is filled with the status colour, and what is drawn as a line in another. */
const glyphs = {
  completed: { filled: circle, lines: tick },
  incomplete: { outline: circle, filled: "M8 1.5a6.5 6.5 0 0 0 0 13Z" },
  notAttempted: { outline: circle },
  passed: { filled: shield, lines: tick },
  failed: { filled: shield, lines: cross },
  browsed: { outline: circle, drawn: "M4.5 8S5.8 5.8 8 5.8 11.5 8 11.5 8 10.2 10.2 8 10.2 4.5 8 4.5 8Z" },
  notNeeded: { outline: circle, drawn: "M5 8h6" },
  locked: { drawn: "M5 7V5.2a3 3 0 0 1 6 0V7", filled: "M3.5 7h9v7h-9z" },
  contents: { drawn: "M2 4h12M2 8h12M2 12h12" },
  help: { outline: circle, drawn: "M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.3M8 11.2v.3" },
  leave: { drawn: "M9 2.5H3v11h6M6.5 8h7m-2.8-3L13.6 8l-2.9 3" },
  more: {
    filled:
      "M3 8.6a.6.6 0 1 1 0-1.2.6.6 0 0 1 0 1.2Zm5 0a.6.6 0 1 1 0-1.2.6.6 0 0 1 0 1.2Zm5 0a.6.6 0 1 1 0-1.2.6.6 0 0 1 0 1.2Z",
  },
  close: { drawn: "m4 4 8 8m0-8-8 8" },
  down: { drawn: "m4 6 4 4 4-4" },
  previous: { drawn: "M10 3 5 8l5 5" },
  next: { drawn: "m6 3 5 5-5 5" },
  saved: { drawn: "m3 8.5 3.2 3.2L13 4.8" },
  trouble: { drawn: "M8 5v4m0 2v.4M8 1.8 15 14H1Z" },
} as const satisfies Readonly<Record<string, { filled?: string; outline?: string; lines?: string; drawn?: string }>>;

export type GlyphName = keyof typeof glyphs;

/** A small drawing that stands beside a word; screen readers pass over it. */
export function glyph(name: GlyphName): SVGSVGElement {
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", `glyph glyph-${name}`);
  svg.setAttribute("aria-hidden", "true");
  for (const [part, d] of Object.entries(glyphs[name])) {
    const path = document.createElementNS(namespace, "path");
    path.setAttribute("class", `glyph-part-${part}`);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
