/** Which activities to show. */
export type ActivityFilter = "all" | "incomplete" | "failed" | "blocked";

/** Blocked: prerequisites are not met. */
export function matchesActivity(
  activity: { readonly completion: string; readonly success: string; readonly available: boolean },
  filter: ActivityFilter,
): boolean {
  if (filter === "incomplete") return activity.completion !== "complete";
  if (filter === "failed") return activity.success === "failed";
  if (filter === "blocked") return !activity.available;
  return true;
}
