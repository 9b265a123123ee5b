import { errors } from "../errors.ts";

const MOST = 30;
const WINDOW_MS = 60_000;

/** Lets an organization send so many tests a minute from one process. */
export function testLimit(now: () => number = () => performance.now()): (tenantId: string) => void {
  const sent = new Map<string, number[]>();
  /** @throws RATE_LIMITED */
  return (tenantId) => {
    const at = now();
    const recent = (sent.get(tenantId) ?? []).filter((time) => at - time < WINDOW_MS);
    const [oldest = at] = recent;
    if (recent.length >= MOST) {
      throw errors.rateLimited({ retry_after_seconds: String(Math.ceil((WINDOW_MS - (at - oldest)) / 1000)) });
    }
    sent.set(tenantId, [...recent, at]);
  };
}
