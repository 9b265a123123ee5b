import { LicenceStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";

/** What decides where a licence stands. */
export interface LicenceFacts {
  readonly enabled: boolean;
  readonly starts_at: Date | null;
  readonly expires_at: Date | null;
  /** 0: none. */
  readonly usage_limit: number;
  /** Registrations since the last reset. */
  readonly used: number | bigint;
}

/** Where a licence stands. `licenceStatusSql` says the same in SQL. */
export function licenceStatus(facts: LicenceFacts, now: Date): LicenceStatus {
  if (!facts.enabled) return LicenceStatus.DISABLED;
  if (facts.expires_at !== null && facts.expires_at <= now) return LicenceStatus.EXPIRED;
  if (facts.usage_limit > 0 && facts.used >= facts.usage_limit) return LicenceStatus.LIMIT_REACHED;
  if (facts.starts_at !== null && facts.starts_at > now) return LicenceStatus.SCHEDULED;
  return LicenceStatus.ACTIVE;
}

/** {@link licenceStatus} over a dispatch `d` with its usage `u`. @param now the parameter with the time, for instance `$1` */
export function licenceStatusSql(now: string): string {
  return `case when not d.enabled then ${LicenceStatus.DISABLED}
    when d.expires_at <= ${now} then ${LicenceStatus.EXPIRED}
    when d.usage_limit > 0 and u.used >= d.usage_limit then ${LicenceStatus.LIMIT_REACHED}
    when d.starts_at > ${now} then ${LicenceStatus.SCHEDULED}
    else ${LicenceStatus.ACTIVE} end`;
}
