import { integer } from "@coursemesh/platform/config/read-config.ts";
import { z } from "zod";

/** What the user service is told. Times are in the unit that the key's name ends with. */
export const configSchema = z.object({
  /** PostgreSQL, with the role `coursemesh_user`. */
  DATABASE_URL: z.url(),
  /** Protects signing keys and refresh tokens. Changing it ends every session. */
  TOKEN_SECRET: z.string().min(32, "must have at least 32 characters"),
  /** How long an access token is good for. */
  ACCESS_TOKEN_SECONDS: integer(10, 86_400).default(1_800),
  /** How long a refresh token is good for; a session that is not used for this long is over. */
  REFRESH_TOKEN_SECONDS: integer(60, 31_536_000).default(604_800),
  /** A refresh token that comes back within this time was repeated because its answer got lost; later it was stolen. */
  REFRESH_GRACE_SECONDS: integer(0, 300).default(30),
  /** How long a key pair signs access tokens before the next one takes over. */
  SIGNING_KEY_DAYS: integer(1, 3_650).default(30),
  /** Failed sign-ins that lock an address … */
  LOCKOUT_FAILURES: integer(1, 1_000).default(5),
  /** … when they happen within this time … */
  LOCKOUT_WINDOW_SECONDS: integer(1, 86_400).default(900),
  /** … for this long. */
  LOCKOUT_SECONDS: integer(1, 86_400).default(900),
  /** Memory of one argon2id hash. The defaults are OWASP's. */
  PASSWORD_MEMORY_KIB: integer(8, 4_194_304).default(19_456),
  /** Passes of one argon2id hash. */
  PASSWORD_PASSES: integer(1, 100).default(2),
  /** Passwords, the present one included, that a new one must differ from. */
  PASSWORD_HISTORY: integer(1, 24).default(5),
  /** How long others may believe an answer about credentials: so long a revoked key or an ended session may still work. */
  CALLER_MAX_AGE_SECONDS: integer(0, 300).default(5),
  /** How long a deleted organization can still be brought back by an operator. */
  ORGANIZATION_GRACE_DAYS: integer(0, 3_650).default(30),
});

export type UserConfig = z.output<typeof configSchema>;
