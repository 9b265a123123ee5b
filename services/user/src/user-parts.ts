import type { Database } from "@coursemesh/platform/db/database.ts";
import type { Logger } from "pino";
import type { UserConfig } from "./config.ts";
import type { PasswordHashing } from "./password/password-hashing.ts";
import type { AccessTokens } from "./token/access-token.ts";

/** What the RPCs of this service share; made once by the composition root. */
export interface UserParts {
  readonly config: UserConfig;
  readonly logger: Logger;
  /** Open once the app was started. */
  readonly db: () => Database;
  readonly now: () => Date;
  readonly passwords: PasswordHashing;
  readonly accessTokens: AccessTokens;
  /** Key that makes refresh tokens. */
  readonly refreshKey: Buffer;
}
