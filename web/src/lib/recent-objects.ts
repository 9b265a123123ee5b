/** Something a person opened lately, offered again by the command palette. */
export interface RecentObject {
  readonly kind: "course" | "registration" | "import";
  readonly id: string;
  readonly title: string;
}

const KEEP = 12;
const keyOf = (organizationId: string) => `coursemesh.recent.${organizationId}`;

/** Newest first. */
export function recentObjects(organizationId: string): readonly RecentObject[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(organizationId)) ?? "[]") as RecentObject[];
  } catch {
    return [];
  }
}

/** Puts one in front. Titles stay in this browser; they go when the person signs out. */
export function rememberObject(organizationId: string, object: RecentObject): void {
  const others = recentObjects(organizationId).filter((other) => other.id !== object.id);
  try {
    localStorage.setItem(keyOf(organizationId), JSON.stringify([object, ...others].slice(0, KEEP)));
  } catch {
    // Without storage the palette simply has no recent objects.
  }
}

/** Forgets them for every organization. */
export function forgetRecentObjects(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(keyOf(""))) localStorage.removeItem(key);
}
