import type { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const MemberEntity = defineEntity({
  name: "Member",
  tableName: "member",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    personId: p.uuid(),
    email: p.text(),
    name: p.text(),
    nameKey: p.text().persist(false),
    role: p.integer().$type<Role>(),
    active: p.boolean(),
    lastSignInAt: p.datetime().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    requestId: p.uuid().nullable(),
    requestHash: p.text().nullable(),
  },
});

/** A person's place in one organization; address and name are the organization's own copy. */
export type MemberRow = InferEntity<typeof MemberEntity>;
