import { create } from "@bufbuild/protobuf";
import {
  type DispatchFigures,
  DispatchFiguresSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";

/** What queries count, by the names of their columns. Counts come as text from the database. */
export const COUNTS = [
  "launches",
  "unique_learners",
  "completions",
  "score_count",
  "total_seconds",
  "not_attempted",
  "incomplete",
  "completed",
  "passed",
  "failed",
  "refusals",
  "downloads",
] as const;
export type Count = (typeof COUNTS)[number];

/** Figures of one group as queries find them: each tells some of them. */
export type FoundFigures = Partial<Record<Count, string>> & { readonly score_sum?: string | null };

/** Figures put together from what several queries found. */
export class Figures {
  readonly #counts: Partial<Record<Count, number>> = {};
  #scoreSum = 0;

  add(found: FoundFigures): void {
    for (const name of COUNTS)
      if (found[name] !== undefined) this.#counts[name] = (this.#counts[name] ?? 0) + Number(found[name]);
    this.#scoreSum += Number(found.score_sum ?? 0);
  }

  toMessage(): DispatchFigures {
    const count = (name: Count): bigint => BigInt(Math.round(this.#counts[name] ?? 0));
    const scores = this.#counts.score_count ?? 0;
    return create(DispatchFiguresSchema, {
      launches: count("launches"),
      uniqueLearners: count("unique_learners"),
      completions: count("completions"),
      totalSeconds: count("total_seconds"),
      notAttempted: count("not_attempted"),
      incomplete: count("incomplete"),
      completed: count("completed"),
      passed: count("passed"),
      failed: count("failed"),
      refusals: count("refusals"),
      downloads: count("downloads"),
      ...(scores > 0 && { averageScore: this.#scoreSum / scores }),
    });
  }
}
