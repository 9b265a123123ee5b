import { isRecord } from "../dispatch-protocol/host-result.ts";

/** What the player lets the page around it know. It is a nudge and no more: what is true is asked from the server. */
export type PlayerNudge = "saved" | "closed";

/** Reads a nudge; undefined for anything else. */
export function readPlayerNudge(data: unknown): PlayerNudge | undefined {
  if (!isRecord(data)) return undefined;
  if (data.type === "coursemesh.saved") return "saved";
  if (data.type === "coursemesh.closed") return "closed";
  return undefined;
}
