/**
 * Paths a request may mean, the likeliest first. A request's path is what stands in the address behind the package, without query:
 * decoded as UTF-8 once (RFC 3986, 2.1), as it stands for files whose names contain a percent sign, and decoded as Windows-1252
 * for the addresses that older authoring tools wrote.
 * All are in Unicode NFC with `/` between folders, as package paths are. A path that leaves the package gives none.
 */
export function pathCandidates(requested: string): string[] {
  const candidates = [decodeUtf8(requested), requested, decodeWestern(requested)].flatMap(
    (path) => normalize(path) ?? [],
  );
  return [...new Set(candidates)];
}

/** A path for comparing without regard to case. */
export function foldPath(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

function decodeUtf8(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function decodeWestern(path: string): string | undefined {
  if (!/%[89a-f][0-9a-f]/i.test(path)) return undefined;
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => western.decode(Uint8Array.of(Number.parseInt(hex, 16))));
}

const western = new TextDecoder("windows-1252");

function normalize(path: string | undefined): string | undefined {
  if (path === undefined || path.includes("\0")) return undefined;
  const parts = path.normalize("NFC").replaceAll("\\", "/").split("/");
  const kept = parts.filter((part) => part !== "" && part !== ".");
  if (kept.length === 0 || kept.includes("..")) return undefined;
  return kept.join("/");
}
