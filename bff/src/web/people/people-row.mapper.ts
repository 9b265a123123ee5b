import type { MessageInitShape } from "@bufbuild/protobuf";
import { scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import type { Learner } from "@coursemesh/proto/coursemesh/runtime/v1/learner_pb.ts";
import type { ApiKey } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { type Member, Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import type {
  ApiKeyRowSchema,
  LearnerRowSchema,
  MemberRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { learnerName } from "../registration/registration-row.mapper.ts";

export function toMemberRow(member: Member): MessageInitShape<typeof MemberRowSchema> {
  return {
    id: member.id,
    name: member.name,
    email: member.email,
    role: textOfEnum(Role, member.role),
    active: member.active,
    lastSignInTime: millisOf(member.lastSignInTime),
    createTime: millisOf(member.createTime),
    etag: member.etag,
  };
}

export function toLearnerRow(learner: Learner): MessageInitShape<typeof LearnerRowSchema> {
  return {
    id: learner.id,
    name: learnerName(learner),
    email: learner.email,
    registrationCount: learner.registrationCount,
    activityTime: millisOf(learner.activityTime),
    createTime: millisOf(learner.createTime),
  };
}

export function toApiKeyRow(key: ApiKey): MessageInitShape<typeof ApiKeyRowSchema> {
  return {
    id: key.id,
    name: key.name,
    scopes: key.scopes.map(scopeOf),
    createTime: millisOf(key.createTime),
    expireTime: millisOf(key.expireTime),
    lastUseTime: millisOf(key.lastUseTime),
    createdBy: key.createdBy,
  };
}
