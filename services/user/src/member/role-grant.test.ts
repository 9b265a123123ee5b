import { create } from "@bufbuild/protobuf";
import { permissionsOfRole } from "@coursemesh/platform/auth/permissions.ts";
import { CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { expect, it } from "vitest";
import { mayGrant } from "./role-grant.ts";

const holding = (...permissions: Permission[]) => create(CallerSchema, { permissions });
const roles = [Role.VIEWER, Role.MEMBER, Role.ADMIN, Role.OWNER] as const;

it("lets each role give itself and those below", () => {
  for (const own of roles)
    for (const given of roles)
      expect(mayGrant(holding(...permissionsOfRole(own)), given), `${own} gives ${given}`).toBe(given <= own);
});

it("lets a key with few scopes give no role that may do more", () => {
  expect(mayGrant(holding(Permission.MEMBER_WRITE), Role.VIEWER)).toBe(false);
});
