import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const PersonEntity = defineEntity({
  name: "Person",
  tableName: "person",
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    name: p.text(),
    passwordHash: p.text().nullable(),
    platformAdministrator: p.boolean(),
    lastOrganizationId: p.uuid().nullable(),
    lastSignInAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

/** An account, the same in every organization. Only the system scope sees it. */
export type PersonRow = InferEntity<typeof PersonEntity>;

export const PasswordHistoryEntity = defineEntity({
  name: "PasswordHistory",
  tableName: "password_history",
  properties: {
    id: p.uuid().primary(),
    personId: p.uuid(),
    passwordHash: p.text(),
    createdAt: p.datetime(),
  },
});
