import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { errors } from "../errors.ts";
import type { PasswordHashing } from "../password/password-hashing.ts";
import { lacksOf } from "../password/password-rules.ts";
import { PasswordHistoryEntity, PersonEntity, type PersonRow } from "./person.entity.ts";

/** Addresses that differ only in case or in blanks around them are one. */
export function normalizedEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** @param em of the system scope */
export function findPersonByEmail(em: EntityManager, email: string): Promise<PersonRow | null> {
  return em.findOne(PersonEntity, { email: normalizedEmail(email) });
}

/** What a new person begins with. */
export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | undefined;
  readonly platformAdministrator?: boolean;
}

/** The person with this address, made if there is none. Two calls at once make one person. @param em of the system scope, in a transaction */
export async function findOrCreatePerson(em: EntityManager, person: NewPerson, now: Date): Promise<PersonRow> {
  const id = uuidV7();
  const email = normalizedEmail(person.email);
  const made: unknown[] = await em.execute(
    "insert into person (id, email, name, platform_administrator, created_at) values (?, ?, ?, ?, ?) on conflict (email) do nothing returning id",
    [id, email, person.name, person.platformAdministrator ?? false, now],
  );
  const row = await em.findOneOrFail(PersonEntity, { email });
  if (made.length > 0 && person.passwordHash !== undefined) await setPassword(em, row, person.passwordHash, now);
  return row;
}

/** Gives a person a password and remembers it. @param em of the system scope, in a transaction */
export async function setPassword(
  em: EntityManager,
  person: PersonRow,
  passwordHash: string,
  now: Date,
): Promise<void> {
  person.passwordHash = passwordHash;
  em.create(PasswordHistoryEntity, { id: uuidV7(), personId: person.id, passwordHash, createdAt: now });
  await em.flush();
}

/** @throws PASSWORD_TOO_WEAK */
export function requireStrong(password: string): void {
  const missing = lacksOf(password).join(",");
  if (missing !== "") throw errors.passwordTooWeak({ missing });
}

/** Refuses one of the last passwords. @param count how many of them. @throws PASSWORD_REUSED */
export async function requireNew(
  em: EntityManager,
  person: PersonRow,
  password: string,
  count: number,
  passwords: PasswordHashing,
): Promise<void> {
  const last = await em.find(PasswordHistoryEntity, { personId: person.id }, { orderBy: { id: "desc" }, limit: count });
  for (const { passwordHash } of last)
    if (await passwords.verify(passwordHash, password)) throw errors.passwordReused();
}
