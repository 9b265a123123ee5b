import { type Database, inTenant } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { learnerNotFound } from "../errors.ts";
import { conditions, learnerMatches, likePattern } from "../registration/registration-filter.ts";
import { LearnerEntity, type LearnerRow } from "./learner.entity.ts";

/** What a caller says of a learner. */
export type LearnerFacts = Pick<LearnerRow, "externalId" | "firstName" | "lastName" | "email">;

/** A learner and how many registrations they have. */
export interface CountedLearner {
  readonly learner: LearnerRow;
  readonly registrationCount: number;
}

/** Learners in the database. */
export interface LearnerRepository {
  /** @throws LEARNER_NOT_FOUND */
  require(organizationId: string, externalId: string): Promise<CountedLearner>;
  /** Most recently active first, one row more than asked for. */
  list(organizationId: string, query: string, start: PageStart): Promise<CountedLearner[]>;
  count(organizationId: string, query: string): Promise<bigint>;
  /** @throws LEARNER_NOT_FOUND */
  update(organizationId: string, facts: LearnerFacts): Promise<CountedLearner>;
}

/** The learner with this external id, made if new; what is known of a learner stays as it is. */
export async function findOrMakeLearner(
  em: EntityManager,
  organizationId: string,
  facts: LearnerFacts,
  now: Date,
): Promise<LearnerRow> {
  await em.execute(
    `insert into learner (id, tenant_id, external_id, first_name, last_name, email, created_at, active_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant_id, external_id) do nothing`,
    [uuidV7(), organizationId, facts.externalId, facts.firstName, facts.lastName, facts.email, now, now],
  );
  return em.findOneOrFail(LearnerEntity, { tenantId: organizationId, externalId: facts.externalId });
}

export function learnerRepository(database: () => Database): LearnerRepository {
  const counted = async (organizationId: string, learners: readonly LearnerRow[]): Promise<CountedLearner[]> => {
    const counts = await inTenant(database().pool, organizationId, async (client) => {
      const { rows } = await client.query<{ learner_id: string; count: string }>(
        "select learner_id, count(*) from registration where tenant_id = $1 and learner_id = any($2) group by learner_id",
        [organizationId, learners.map((learner) => learner.id)],
      );
      return new Map(rows.map((row) => [row.learner_id, Number(row.count)]));
    });
    return learners.map((learner) => ({ learner, registrationCount: counts.get(learner.id) ?? 0 }));
  };
  const find = async (em: EntityManager, organizationId: string, externalId: string): Promise<LearnerRow> => {
    const learner = await em.findOne(LearnerEntity, { tenantId: organizationId, externalId });
    if (learner === null) throw learnerNotFound({ id: externalId });
    return learner;
  };
  const first = async (organizationId: string, learner: LearnerRow): Promise<CountedLearner> => {
    const [one] = await counted(organizationId, [learner]);
    return one ?? { learner, registrationCount: 0 };
  };

  return {
    require: async (organizationId, externalId) =>
      first(organizationId, await find(database().tenant(organizationId), organizationId, externalId)),
    async list(organizationId, query, start) {
      const where = learnerConditions(organizationId, query);
      if (start.after !== undefined) {
        const [time, id] = start.after;
        where.sql.push(`(active_at, id) < (${where.value(time)}::timestamptz, ${where.value(id)}::uuid)`);
      }
      const limit = where.value(start.limit + 1);
      const ids = await inTenant(database().pool, organizationId, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `select id from learner where ${where.sql.join(" and ")} order by active_at desc, id desc limit ${limit}`,
          where.values,
        );
        return rows.map((row) => row.id);
      });
      const learners = await database()
        .tenant(organizationId)
        .find(LearnerEntity, { id: { $in: ids }, tenantId: organizationId });
      const full = new Map((await counted(organizationId, learners)).map((it) => [it.learner.id, it]));
      return ids.flatMap((id) => full.get(id) ?? []);
    },
    count: (organizationId, query) =>
      inTenant(database().pool, organizationId, async (client) => {
        const where = learnerConditions(organizationId, query);
        const sql = `select count(*) from learner where ${where.sql.join(" and ")}`;
        const { rows } = await client.query<{ count: string }>(sql, where.values);
        return BigInt(rows[0]?.count ?? 0);
      }),
    async update(organizationId, facts) {
      const learner = await database()
        .tenant(organizationId)
        .transactional(async (em) => {
          const row = await find(em, organizationId, facts.externalId);
          row.firstName = facts.firstName;
          row.lastName = facts.lastName;
          row.email = facts.email;
          return row;
        });
      return first(organizationId, learner);
    },
  };
}

function learnerConditions(organizationId: string, query: string) {
  const where = conditions();
  where.sql.push(`tenant_id = ${where.value(organizationId)}`);
  if (query !== "") where.sql.push(learnerMatches(where.value(likePattern(query))));
  return where;
}
