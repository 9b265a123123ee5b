import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { Database } from "@coursemesh/platform/db/database.ts";
import { deriveKey, seal, unseal } from "@coursemesh/platform/secrets/seal.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { SigningKeyEntity, type SigningKeyRow } from "./signing-key.entity.ts";

/** The key pairs that sign access tokens (Ed25519), kept in the database and shared by all replicas. */
export interface SigningKeys {
  /** The pair that signs now; made when there is none or the newest is due to retire. */
  current(): Promise<{ readonly id: string; readonly privateKey: KeyObject }>;
  /** The public half of a pair that is still believed. */
  find(id: string): Promise<KeyObject | undefined>;
}

export interface SigningKeyOptions {
  readonly secret: string;
  /** How long a pair signs. */
  readonly lifeSeconds: number;
  /** How long tokens live that it signed last. */
  readonly tokenSeconds: number;
  readonly now: () => Date;
}

interface Signer {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly retiresAt: Date;
}

/** Clocks of replicas may differ this much. */
const CLOCK_SKEW_SECONDS = 300;

export function signingKeys(db: () => Database, options: SigningKeyOptions): SigningKeys {
  const sealingKey = deriveKey(options.secret, "user signing key");
  const believed = new Map<string, { key: KeyObject; expiresAt: Date }>();
  let signer: Signer | undefined;

  const open = (row: SigningKeyRow | null): Signer | undefined => {
    if (row === null || row.retiresAt <= options.now()) return undefined;
    const der = unseal(sealingKey, row.sealedPrivateKey);
    // Sealed with an earlier secret: of no use to us, though its public half still verifies.
    if (der === undefined) return undefined;
    const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    return { id: row.id, privateKey, retiresAt: row.retiresAt };
  };

  const loadOrMake = (): Promise<Signer> =>
    db()
      .system()
      .transactional(async (em) => {
        // Replicas that start together agree on one pair.
        await em.execute("select pg_advisory_xact_lock(hashtext('coursemesh-signing-key'))");
        const [newest = null] = await em.find(SigningKeyEntity, {}, { orderBy: { createdAt: "desc" }, limit: 1 });
        const known = open(newest);
        if (known !== undefined) return known;
        await em.nativeDelete(SigningKeyEntity, { expiresAt: { $lt: options.now() } });
        return make(em);
      });

  const make = (em: EntityManager): Signer => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const id = randomBytes(9).toString("base64url");
    const createdAt = options.now();
    const retiresAt = new Date(createdAt.getTime() + options.lifeSeconds * 1000);
    em.create(SigningKeyEntity, {
      id,
      publicJwk: { ...publicKey.export({ format: "jwk" }), kid: id, alg: "EdDSA", use: "sig" },
      sealedPrivateKey: seal(sealingKey, privateKey.export({ format: "der", type: "pkcs8" })),
      createdAt,
      retiresAt,
      expiresAt: new Date(retiresAt.getTime() + (options.tokenSeconds + CLOCK_SKEW_SECONDS) * 1000),
    });
    return { id, privateKey, retiresAt };
  };

  return {
    async current() {
      if (signer === undefined || signer.retiresAt <= options.now()) signer = await loadOrMake();
      return signer;
    },
    async find(id) {
      const known = believed.get(id);
      if (known !== undefined) return known.expiresAt > options.now() ? known.key : undefined;
      const row = await db().system().findOne(SigningKeyEntity, { id });
      if (row === null) return undefined;
      const key = createPublicKey({ key: row.publicJwk, format: "jwk" });
      believed.set(id, { key, expiresAt: row.expiresAt });
      return row.expiresAt > options.now() ? key : undefined;
    },
  };
}
