/** What a refresh token that came back means. */
export type RefreshDecision =
  /** Exchange it. */
  | "rotate"
  /** Its answer got lost: give the same answer again. */
  | "repeat"
  /** Two parties hold it: end the session. */
  | "reuse"
  /** Expired, or its session is over. */
  | "ended";

/** What the decision rests on. */
export interface RefreshFacts {
  readonly now: Date;
  readonly sessionEnded: boolean;
  readonly token: { readonly number: number; readonly expiresAt: Date; readonly exchangedAt: Date | null };
  /** Number of the newest token of the session. */
  readonly newestNumber: number;
  readonly graceSeconds: number;
}

/**
 * A token is exchanged once. It may come again while its successor is the newest token of the session and the grace has not passed;
 * the chain of tokens never forks, because the repeat gives that same successor.
 */
export function refreshDecision({
  now,
  sessionEnded,
  token,
  newestNumber,
  graceSeconds,
}: RefreshFacts): RefreshDecision {
  if (sessionEnded) return "ended";
  if (token.exchangedAt === null) return token.expiresAt > now ? "rotate" : "ended";
  const inGrace = now.getTime() - token.exchangedAt.getTime() < graceSeconds * 1000;
  return inGrace && newestNumber === token.number + 1 ? "repeat" : "reuse";
}
