/**
 * The token of a report's link. It stays in the fragment, which no browser sends and no server logs; only the body of the request for the
 * report carries it. Empty: the address has none.
 */
export function tokenOf(fragment: string): string {
  const token = fragment.replace(/^#/, "");
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
