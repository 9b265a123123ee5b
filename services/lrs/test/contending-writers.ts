import { agent, iri, type Json, statement } from "./statement-calls.ts";

/** How many write how much. */
export interface Contention {
  readonly writers: number;
  readonly batchSize: number;
  /** Asked before every batch of every writer. */
  readonly goOn: (batchesOfWriter: number) => boolean;
}

/** One who stores batches and answers the ids; rejects when the batch was refused. */
export interface StatementSender {
  readonly store: (batch: readonly Json[]) => Promise<{ readonly ids: readonly string[] }>;
}

/** What came of it. */
export interface Contended {
  /** Ids of what was acknowledged. */
  readonly acknowledged: readonly string[];
  readonly errors: readonly unknown[];
}

const ACTIVITIES = 40;
const ACTORS = 30;
const pick = (count: number): number => Math.floor(Math.random() * count);

/** A statement about one of few actors and activities, whose descriptions change now and then. */
export function contendedStatement(): Json {
  const activity = (name: string): Json => ({
    id: iri(`shared/${name}`),
    definition: { name: { en: pick(20) === 0 ? `${name} as of ${pick(1000)}` : name } },
  });
  return statement({
    actor: { ...agent(`actor-${pick(ACTORS)}`), name: `Actor ${pick(3)}` },
    object: activity(String(pick(ACTIVITIES))),
    context: {
      contextActivities: {
        parent: [activity(`parent-${pick(5)}`)],
        grouping: [activity(String(pick(ACTIVITIES))), activity(String(pick(ACTIVITIES)))],
        category: [activity("category")],
      },
      instructor: { ...agent(`actor-${pick(ACTORS)}`), name: `Actor ${pick(3)}` },
    },
  });
}

/** Lets writers store batches that share activities and actors in random order, each as soon as its last one is acknowledged. */
export async function contend(
  calls: readonly StatementSender[],
  { writers, batchSize, goOn }: Contention,
): Promise<Contended> {
  const acknowledged: string[] = [];
  const errors: unknown[] = [];
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      const mine = calls[writer % calls.length];
      for (let batches = 0; mine && goOn(batches); batches += 1) {
        const batch = Array.from({ length: batchSize }, contendedStatement);
        await mine.store(batch).then(
          ({ ids }) => acknowledged.push(...ids),
          (error: unknown) => errors.push(error),
        );
      }
    }),
  );
  return { acknowledged, errors };
}
