import type { TermsView } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";

/** Terms as a form holds them; 0 for no limit, times in milliseconds since the epoch. */
export interface Terms {
  readonly usageLimit: number;
  readonly seatLimit: number;
  readonly seatIdleSeconds: number;
  readonly accessDays: number;
  readonly startTime: bigint;
  readonly expireTime: bigint;
  readonly allowedDomains: string[];
  readonly allowNewRegistrations: boolean;
  readonly revokeOnEnd: boolean;
}

/** A seat is free again after a day unless it is chosen otherwise. */
const SEAT_IDLE_SECONDS = 86_400;

const OPEN: Terms = {
  usageLimit: 0,
  seatLimit: 0,
  seatIdleSeconds: SEAT_IDLE_SECONDS,
  accessDays: 0,
  startTime: 0n,
  expireTime: 0n,
  allowedDomains: [],
  allowNewRegistrations: true,
  revokeOnEnd: false,
};

/** Terms of a message as a form holds them; everything is allowed where there is none. */
export function termsOf(view: TermsView | undefined): Terms {
  if (!view) return OPEN;
  const { usageLimit, seatLimit, seatIdleSeconds, accessDays, startTime, expireTime, allowedDomains } = view;
  const { allowNewRegistrations, revokeOnEnd } = view;
  return {
    ...{ usageLimit, seatLimit, seatIdleSeconds, accessDays, startTime, expireTime, allowedDomains },
    ...{ allowNewRegistrations, revokeOnEnd },
  };
}

/** What is wrong with terms, by field; the server checks again. */
export function termsProblem({ startTime, expireTime }: Terms): "expireBeforeStart" | undefined {
  return startTime > 0n && expireTime > 0n && expireTime <= startTime ? "expireBeforeStart" : undefined;
}
