import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { JWK } from "jose";

export const SigningKeyEntity = defineEntity({
  name: "SigningKey",
  tableName: "signing_key",
  properties: {
    id: p.text().primary(),
    publicJwk: p.json<JWK>(),
    sealedPrivateKey: p.text(),
    createdAt: p.datetime(),
    retiresAt: p.datetime(),
    expiresAt: p.datetime(),
  },
});

export type SigningKeyRow = InferEntity<typeof SigningKeyEntity>;
