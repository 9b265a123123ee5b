import { hash, verify } from "@node-rs/argon2";

/** Hashes and checks passwords with argon2id. */
export interface PasswordHashing {
  hash(password: string): Promise<string>;
  /** Whether a password is the hash's. Without a hash the answer is no, after as much work as any other. */
  verify(passwordHash: string | null | undefined, password: string): Promise<boolean>;
}

/** What one hash costs. */
export interface PasswordCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** @param cost of hashes made from now on; older ones are checked with the cost they were made with. */
export function passwordHashing(cost: PasswordCost): PasswordHashing {
  // Argon2id and 32 bytes are the library's defaults.
  const options = { memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1 };
  const hashOf = (password: string): Promise<string> => hash(password.normalize("NFKC"), options);
  // Begun at once, so that the first unknown address does not take twice as long.
  const nobody = hashOf("nobody has this password");
  nobody.catch(() => undefined);
  return {
    hash: hashOf,
    async verify(passwordHash, password) {
      const right = await verify(passwordHash ?? (await nobody), password.normalize("NFKC"));
      return right && typeof passwordHash === "string";
    },
  };
}
