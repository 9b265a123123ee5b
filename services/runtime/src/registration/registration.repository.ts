import { type Database, inTenant } from "@coursemesh/platform/db/database.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { type RegistrationFilter, RegistrationOrder } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { registrationNotFound } from "../errors.ts";
import { InstanceEntity, type InstanceRow } from "../instance/instance.entity.ts";
import { LearnerEntity } from "../learner/learner.entity.ts";
import type { NewInstance, NewRegistration } from "./new-registration.ts";
import { RegistrationEntity, type RegistrationRow } from "./registration.entity.ts";
import type { FullRegistration } from "./registration.mapper.ts";
import { filterConditions } from "./registration-filter.ts";

/** Registrations in the database. Previews are found by id and in no list. */
export interface RegistrationRepository {
  byId(organizationId: string, id: string): Promise<FullRegistration | undefined>;
  byExternalId(organizationId: string, externalId: string): Promise<FullRegistration | undefined>;
  byRequest(organizationId: string, requestId: string): Promise<FullRegistration | undefined>;
  /** @throws REGISTRATION_NOT_FOUND */
  require(organizationId: string, id: string): Promise<FullRegistration>;
  /** One of a registration's instances, the current one for an empty id. @throws REGISTRATION_NOT_FOUND */
  requireInstance(organizationId: string, registrationId: string, instanceId: string): Promise<InstanceRow>;
  /** A page in order, one row more than asked for. */
  list(
    organizationId: string,
    filter: RegistrationFilter | undefined,
    order: RegistrationOrder,
    start: PageStart,
  ): Promise<FullRegistration[]>;
  count(organizationId: string, filter: RegistrationFilter | undefined): Promise<bigint>;
  /** Newest first, one row more than asked for. */
  instances(organizationId: string, registrationId: string, limit: number, below?: number): Promise<InstanceRow[]>;
  insert(em: EntityManager, registration: NewRegistration, instance: NewInstance): Promise<RegistrationRow>;
}

/** Column that an order sorts by, and its direction. */
export function sortOf(order: RegistrationOrder): { column: "updated_at" | "created_at"; descending: boolean } {
  const byCreation = order === RegistrationOrder.CREATE_TIME_ASC || order === RegistrationOrder.CREATE_TIME_DESC;
  const ascending = order === RegistrationOrder.CREATE_TIME_ASC || order === RegistrationOrder.UPDATE_TIME_ASC;
  return { column: byCreation ? "created_at" : "updated_at", descending: !ascending };
}

export function registrationRepository(database: () => Database): RegistrationRepository {
  const find = async (
    organizationId: string,
    by: { id?: string; externalId?: string; requestId?: string },
  ): Promise<FullRegistration | undefined> => {
    const em = database().tenant(organizationId);
    const registration = await em.findOne(RegistrationEntity, { tenantId: organizationId, ...by });
    return registration ? (await complete(em, [registration]))[0] : undefined;
  };
  const require = async (organizationId: string, id: string): Promise<FullRegistration> => {
    const found = await find(organizationId, { id });
    if (found === undefined) throw registrationNotFound({ id });
    return found;
  };

  return {
    byId: (organizationId, id) => find(organizationId, { id }),
    byExternalId: (organizationId, externalId) => find(organizationId, { externalId }),
    byRequest: (organizationId, requestId) => find(organizationId, { requestId }),
    require,
    async requireInstance(organizationId, registrationId, instanceId) {
      const { registration } = await require(organizationId, registrationId);
      const id = instanceId === "" ? registration.instanceId : instanceId;
      const instance = await database()
        .tenant(organizationId)
        .findOne(InstanceEntity, { id, tenantId: organizationId, registrationId });
      if (instance === null) throw registrationNotFound({ id: registrationId }, "it has no such instance");
      return instance;
    },
    async list(organizationId, filter, order, start) {
      const { column, descending } = sortOf(order);
      const where = filterConditions(organizationId, filter);
      const direction = descending ? "desc" : "asc";
      if (start.after !== undefined) {
        const [time, id] = start.after;
        where.sql.push(
          `(r.${column}, r.id) ${descending ? "<" : ">"} (${where.value(time)}::timestamptz, ${where.value(id)}::uuid)`,
        );
      }
      const limit = where.value(start.limit + 1);
      const ids = await inTenant(database().pool, organizationId, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `select r.id from registration r where ${where.sql.join(" and ")}
           order by r.${column} ${direction}, r.id ${direction} limit ${limit}`,
          where.values,
        );
        return rows.map((row) => row.id);
      });
      const em = database().tenant(organizationId);
      const registrations = await em.find(RegistrationEntity, { id: { $in: ids }, tenantId: organizationId });
      const full = new Map((await complete(em, registrations)).map((it) => [it.registration.id, it]));
      return ids.flatMap((id) => full.get(id) ?? []);
    },
    count: (organizationId, filter) =>
      inTenant(database().pool, organizationId, async (client) => {
        const where = filterConditions(organizationId, filter);
        const { rows } = await client.query<{ count: string }>(
          `select count(*) from registration r where ${where.sql.join(" and ")}`,
          where.values,
        );
        return BigInt(rows[0]?.count ?? 0);
      }),
    instances: (organizationId, registrationId, limit, below) =>
      database()
        .tenant(organizationId)
        .find(
          InstanceEntity,
          { tenantId: organizationId, registrationId, ...(below !== undefined && { number: { $lt: below } }) },
          { orderBy: { number: "desc" }, limit: limit + 1 },
        ),
    async insert(em, registration, instance) {
      const row = em.create(RegistrationEntity, registration);
      await em.flush();
      em.create(InstanceEntity, instance);
      await em.flush();
      return row;
    },
  };
}

/** Reads what belongs to some registrations with one query each for instances and learners. */
async function complete(em: EntityManager, registrations: readonly RegistrationRow[]): Promise<FullRegistration[]> {
  const instances = await em.find(InstanceEntity, { id: { $in: registrations.map((it) => it.instanceId) } });
  const learnerIds = registrations.flatMap((it) => it.learnerId ?? []);
  const learners = learnerIds.length > 0 ? await em.find(LearnerEntity, { id: { $in: learnerIds } }) : [];
  return registrations.map((registration) => ({
    registration,
    instance: instances.find((it) => it.id === registration.instanceId),
    learner: learners.find((it) => it.id === registration.learnerId),
  }));
}
