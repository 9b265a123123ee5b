/**
 * Names a list with its filters and order, so that a page token of another one is refused. @param request of a list; its page is left out
 */
export function listFingerprint(name: string, tenantId: string, request: object): string {
  const wanted = Object.entries(request).filter(([field]) => field !== "page" && field !== "$unknown");
  return JSON.stringify([name, tenantId, wanted], (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
