import type { FileIndex } from "./file-index.ts";

/** What an `href` of a manifest points to, after `xml:base` has been applied. */
export type ResolvedHref =
  | ResolvedFile
  | { readonly kind: "external"; readonly url: string }
  /** A scheme that a launch must not follow, such as `javascript:` or `file:`. */
  | { readonly kind: "scheme"; readonly scheme: string }
  /** The path leaves the package. */
  | { readonly kind: "outside" }
  | { readonly kind: "absent"; readonly path: string };

/** A file of the package, with what had to be forgiven to find it. */
export interface ResolvedFile {
  readonly kind: "file";
  readonly path: string;
  /** Query with `?` and fragment with `#`, as written. */
  readonly query: string;
  readonly fragment: string;
  readonly forgiven: readonly Forgiven[];
}

/** `case`: other case of letters. `backslash`: `\` for `/`. `root`: a leading slash. `literal`: the zip holds the percent-encoded name itself. */
export type Forgiven = "case" | "backslash" | "root" | "literal";

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;

/**
 * Resolves an `href` against the bases of its ancestors (outermost first) inside the package.
 * Percent-encoding is undone as RFC 3986 asks; a name that only exists undecoded is found too.
 */
export function resolveHref(href: string, bases: readonly (string | undefined)[], files: FileIndex): ResolvedHref {
  const forgiven = new Set<Forgiven>();
  const trimmed = href.trim();
  const scheme = SCHEME.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === "http" || scheme === "https" || trimmed.startsWith("//")) return { kind: "external", url: trimmed };
  if (scheme !== undefined) return { kind: "scheme", scheme };
  const base = bases.filter((part) => part !== undefined).map((part) => part.trim());
  const external = base.find((part) => /^https?:/i.test(part));
  if (external !== undefined) return { kind: "external", url: `${external}${trimmed}` };

  const [beforeFragment = "", ...fragments] = trimmed.split("#");
  const [written = "", ...queries] = beforeFragment.split("?");
  if (written.includes("\\")) forgiven.add("backslash");
  const slashed = written.replaceAll("\\", "/");
  if (slashed.startsWith("/")) forgiven.add("root");
  const joined = slashed.startsWith("/") ? slashed : base.map(asFolder).join("") + slashed;

  const decoded = normalise(decode(joined));
  const literal = normalise(joined);
  if (decoded === undefined || literal === undefined) return { kind: "outside" };
  const found = files.find(decoded);
  const foundLiteral = found ? undefined : files.find(literal);
  const file = found ?? foundLiteral;
  if (!file) return { kind: "absent", path: decoded };
  if (foundLiteral) forgiven.add("literal");
  if (!file.exact) forgiven.add("case");
  return {
    kind: "file",
    path: file.path,
    query: queries.length > 0 ? `?${queries.join("?")}` : "",
    fragment: fragments.length > 0 ? `#${fragments.join("#")}` : "",
    forgiven: [...forgiven],
  };
}

/** Percent-encodes a path of the package for use in a URL, keeping its slashes. */
export function encodePath(path: string): string {
  return path
    .split("/")
    .map((segment) => encodeURIComponent(segment).replace(/%(?:21|24|26|2B|2C|3B|3D|40)/g, decodeURIComponent))
    .join("/");
}

function asFolder(base: string): string {
  const slashed = base.replaceAll("\\", "/").replace(/^\/+/, "");
  return slashed === "" || slashed.endsWith("/") ? slashed : `${slashed}/`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Takes out `.`, `..` and empty segments; `undefined` when the path climbs out of the package. */
function normalise(path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.join("/").normalize("NFC");
}
