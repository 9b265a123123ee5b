import { create } from "@bufbuild/protobuf";
import {
  type ApiKeyRow,
  ApiKeyRowSchema,
  type LearnerRow,
  LearnerRowSchema,
  type MemberRow,
  MemberRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { fixtureId, minutesAgo } from "./ids.ts";
import { registrations } from "./registration-fixtures.ts";

const DAY = 24 * 60;

export const members: MemberRow[] = [
  ["Ana Petrova", "ana@northwind.example", "owner", true, 3],
  ["Marcus Lind", "marcus@northwind.example", "admin", true, 190],
  ["Rosa Jiménez", "rosa@northwind.example", "member", true, 3 * DAY],
  ["Tom Becker", "tom@northwind.example", "viewer", false, 0],
].map(([name, email, role, active, seen], index) =>
  create(MemberRowSchema, {
    id: fixtureId("1", index + 1),
    name: String(name),
    email: String(email),
    role: String(role),
    active: active === true,
    lastSignInTime: Number(seen) > 0 ? minutesAgo(Number(seen)) : 0n,
    createTime: minutesAgo(DAY * (60 + index)),
    etag: `m${index}`,
  }),
);

export const learners: LearnerRow[] = registrations.slice(0, 12).map((row) =>
  create(LearnerRowSchema, {
    id: row.learnerId,
    name: row.learnerName,
    email: row.learnerEmail,
    registrationCount: registrations.filter((other) => other.learnerId === row.learnerId).length,
    activityTime: row.activityTime,
    createTime: row.createTime,
  }),
);

export const apiKeys: ApiKeyRow[] = [
  create(ApiKeyRowSchema, {
    id: fixtureId("2", 1),
    name: "HR sync, production",
    scopes: ["course:read", "registration:read", "registration:write", "launch:write"],
    createTime: minutesAgo(DAY * 40),
    expireTime: minutesAgo(-DAY * 320),
    lastUseTime: minutesAgo(2),
    createdBy: "Ana Petrova",
  }),
  create(ApiKeyRowSchema, {
    id: fixtureId("2", 2),
    name: "Reporting notebook",
    scopes: ["registration:read"],
    createTime: minutesAgo(DAY * 200),
    createdBy: "Marcus Lind",
  }),
];
