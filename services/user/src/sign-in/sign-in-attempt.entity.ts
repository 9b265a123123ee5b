import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const SignInAttemptEntity = defineEntity({
  name: "SignInAttempt",
  tableName: "sign_in_attempt",
  properties: {
    addressHash: p.text().primary(),
    failures: p.integer(),
    windowStart: p.datetime(),
    lockedUntil: p.datetime().nullable(),
  },
});

export type SignInAttemptRow = InferEntity<typeof SignInAttemptEntity>;
