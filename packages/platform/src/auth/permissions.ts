import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";

/** Roles of members, from least to most; each has the permissions of the one before. Numbers as in coursemesh.user.v1.Role. */
export const ROLES = { viewer: 1, member: 2, admin: 3, owner: 4 } as const;

const viewer = [
  Permission.ORGANIZATION_READ,
  Permission.MEMBER_READ,
  Permission.COURSE_READ,
  Permission.REGISTRATION_READ,
  Permission.STATEMENT_READ,
  Permission.STATEMENT_READMINE,
  Permission.STATE_READ,
  Permission.PROFILE_READ,
  Permission.DISPATCH_READ,
  Permission.ANALYTICS_READ,
  Permission.EVENT_READ,
] as const;
const member = [
  ...viewer,
  Permission.COURSE_WRITE,
  Permission.COURSE_DELETE,
  Permission.REGISTRATION_WRITE,
  Permission.REGISTRATION_DELETE,
  Permission.LAUNCH_WRITE,
  Permission.DISPATCH_WRITE,
  Permission.DISPATCH_DELETE,
] as const;

/** Every permission there is. */
export const ALL_PERMISSIONS: readonly Permission[] = Object.values(Permission).filter(
  (permission) => permission !== Permission.UNSPECIFIED,
);

/** Only an owner removes the organization itself. */
const admin: readonly Permission[] = ALL_PERMISSIONS.filter(
  (permission) => permission !== Permission.ORGANIZATION_DELETE,
);

/** What a role may do, by the number of coursemesh.user.v1.Role; an unknown role may do nothing. */
export function permissionsOfRole(role: number): readonly Permission[] {
  switch (role) {
    case ROLES.viewer:
      return viewer;
    case ROLES.member:
      return member;
    case ROLES.admin:
      return admin;
    case ROLES.owner:
      return ALL_PERMISSIONS;
    default:
      return [];
  }
}

const names = new Map<Permission, string>(
  Object.entries(Permission).map(([name, value]) => [value, name.toLowerCase().replace("_", ":")]),
);
const byName = new Map([...names].map(([permission, name]) => [name, permission]));

/** `course:read` for PERMISSION_COURSE_READ. */
export function scopeOf(permission: Permission): string {
  return names.get(permission) ?? "unspecified";
}

/** The permission of a scope's text, undefined for unknown ones. */
export function permissionOf(scope: string): Permission | undefined {
  const permission = byName.get(scope);
  return permission === Permission.UNSPECIFIED ? undefined : permission;
}
