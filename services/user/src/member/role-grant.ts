import { permissionsOfRole } from "@coursemesh/platform/auth/permissions.ts";
import { type Caller, CallerKind } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { errors } from "../errors.ts";

/** Whether a caller holds everything that a role may do: then it may give that role and change those who have it. */
export function mayGrant(caller: Caller, role: number): boolean {
  if (caller.platformAdministrator || caller.kind === CallerKind.SERVICE) return true;
  const held = new Set(caller.permissions);
  return permissionsOfRole(role).every((permission) => held.has(permission));
}

/** @throws ROLE_TOO_HIGH */
export function requireGrant(caller: Caller, role: number): void {
  if (mayGrant(caller, role)) return;
  const name = Object.entries(Role).find(([, number]) => number === role)?.[0] ?? "unknown";
  throw errors.roleTooHigh({ role: name.toLowerCase() });
}
