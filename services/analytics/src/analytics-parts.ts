import type pg from "pg";
import type { Changes } from "./live/changes.ts";

/** What every part of the service is given. */
export interface AnalyticsParts {
  readonly pool: () => pg.Pool;
  readonly now: () => Date;
  /** Figures changed. */
  readonly changes: Changes;
  /** Fires when the process stops; streams end then. */
  readonly stopping: AbortSignal;
}
