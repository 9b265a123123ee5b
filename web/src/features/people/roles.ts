/** Roles from most to least. */
export const ROLES = ["owner", "admin", "member", "viewer"] as const;

/** A role of an organization. */
export type Role = (typeof ROLES)[number];

/** Roles that somebody with `own` may give: nobody gives more than they have. */
export function givableRoles(own: string): readonly Role[] {
  const level = (ROLES as readonly string[]).indexOf(own);
  return level < 0 ? [] : ROLES.slice(level);
}
