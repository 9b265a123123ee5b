import { DispatchStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";

/** What the badge of a dispatch depends on: its own terms and those of its destination. */
export interface StatusFacts {
  readonly enabled: boolean;
  readonly destination_enabled: boolean;
  readonly expires_at: Date | null;
  readonly destination_expires_at: Date | null;
  /** 0: none. */
  readonly usage_limit: number;
  readonly destination_usage_limit: number;
  readonly used: number | bigint;
  readonly destination_used: number | bigint;
  readonly last_launch_at: Date | null;
}

/** What the badge says. `dispatchStatusSql` says the same in SQL. */
export function dispatchStatus(facts: StatusFacts, now: Date): DispatchStatus {
  if (!facts.enabled || !facts.destination_enabled) return DispatchStatus.DISABLED;
  if (isPast(facts.expires_at, now) || isPast(facts.destination_expires_at, now)) return DispatchStatus.EXPIRED;
  if (isUsedUp(facts.usage_limit, facts.used) || isUsedUp(facts.destination_usage_limit, facts.destination_used))
    return DispatchStatus.LIMIT_REACHED;
  return facts.last_launch_at === null ? DispatchStatus.AWAITING_CONTACT : DispatchStatus.ACTIVE;
}

/** {@link dispatchStatus} over a dispatch `d`, its destination `s` and their usages `u` and `su`. @param now the parameter with the time */
export function dispatchStatusSql(now: string): string {
  return `case when not (d.enabled and s.enabled) then ${DispatchStatus.DISABLED}
    when least(d.expires_at, s.expires_at) <= ${now} then ${DispatchStatus.EXPIRED}
    when (d.usage_limit > 0 and u.used >= d.usage_limit) or (s.usage_limit > 0 and su.used >= s.usage_limit)
      then ${DispatchStatus.LIMIT_REACHED}
    when d.last_launch_at is null then ${DispatchStatus.AWAITING_CONTACT}
    else ${DispatchStatus.ACTIVE} end`;
}

function isPast(time: Date | null, now: Date): boolean {
  return time !== null && time <= now;
}

function isUsedUp(limit: number, used: number | bigint): boolean {
  return limit > 0 && used >= limit;
}
