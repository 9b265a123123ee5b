/** Which host serves which course version. */
export interface VersionHost {
  /** Whether a request's Host header is the one for this version. Always, where all versions share one origin. */
  matches(host: string, courseVersionId: string): boolean;
  /** Origin of a version, without a slash at its end. */
  originOf(courseVersionId: string): string;
}

const PLACE = "{version}";
/** Stands for the place where a URL is parsed, which braces would not survive. */
const MARK = "version-place";

/** @param contentUrl where browsers reach the content origin; `{version}` in its host stands for the course version's id without dashes. */
export function versionHost(contentUrl: string): VersionHost {
  const originOf = (courseVersionId: string): string =>
    contentUrl.replaceAll(PLACE, courseVersionId.replaceAll("-", "")).replace(/\/+$/, "");
  if (!contentUrl.includes(PLACE)) return { matches: () => true, originOf };
  // Parsed once: every request asks.
  const hostname = new URL(contentUrl.replaceAll(PLACE, MARK)).hostname;
  return {
    originOf,
    // Ports differ where a proxy stands in front; the name is what makes the origin of a version its own.
    matches: (host, courseVersionId) =>
      nameOf(host) === hostname.replaceAll(MARK, courseVersionId.replaceAll("-", "").toLowerCase()),
  };
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, "").toLowerCase();
}
