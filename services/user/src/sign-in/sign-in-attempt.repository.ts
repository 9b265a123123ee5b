import { createHash } from "node:crypto";
import type { EntityManager } from "@mikro-orm/postgresql";
import { LockMode } from "@mikro-orm/postgresql";
import { errors } from "../errors.ts";
import { normalizedEmail } from "../person/person.repository.ts";
import { type LockoutPolicy, nextAttempt } from "./lockout.ts";
import { SignInAttemptEntity } from "./sign-in-attempt.entity.ts";

/** Counts an attempt before it is made. @param em of the system scope. @throws SIGN_IN_LOCKED */
export async function countAttempt(em: EntityManager, email: string, now: Date, policy: LockoutPolicy): Promise<void> {
  const decision = await em.transactional(async (tx) => {
    const addressHash = hashOf(email);
    await tx.execute(
      "insert into sign_in_attempt (address_hash, failures, window_start) values (?, 0, ?) on conflict do nothing",
      [addressHash, now],
    );
    const row = await tx.findOneOrFail(SignInAttemptEntity, { addressHash }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const next = nextAttempt(
      { failures: row.failures, windowStart: row.windowStart, lockedUntil: row.lockedUntil ?? null },
      now,
      policy,
    );
    if (next.allowed) Object.assign(row, next.state);
    return next;
  });
  if (!decision.allowed) throw errors.signInLocked({ retry_after_seconds: String(decision.retryAfterSeconds) });
}

/** Forgets the failures of an address after a success. */
export async function forgetAttempts(em: EntityManager, email: string): Promise<void> {
  await em.nativeDelete(SignInAttemptEntity, { addressHash: hashOf(email) });
}

/** The table holds no addresses: it would be a list of who was tried. */
function hashOf(email: string): string {
  return createHash("sha256").update(normalizedEmail(email)).digest("hex");
}
