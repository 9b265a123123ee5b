import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Member, MemberSchema } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import type { MemberRow } from "./member.entity.ts";

export function toMember(row: MemberRow): Member {
  return create(MemberSchema, {
    id: row.id,
    personId: row.personId,
    email: row.email,
    name: row.name,
    role: row.role,
    active: row.active,
    createTime: timestampFromDate(row.createdAt),
    ...(row.lastSignInAt && { lastSignInTime: timestampFromDate(row.lastSignInAt) }),
    etag: String(row.version),
  });
}
