import type { Database } from "@coursemesh/platform/db/database.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { LaunchEntity, type LaunchRow } from "./launch.entity.ts";
import { type LaunchToken, newLaunchToken } from "./launch-token.ts";

/** Addresses of one launch that work at the same time; the oldest gives way. */
const MOST_TOKENS = 10;

/** Launches in the database. */
export interface LaunchRepository {
  byRequest(organizationId: string, requestId: string): Promise<LaunchRow | null>;
  /** One page of a registration's launches, newest first, one row more than asked for. */
  list(organizationId: string, registrationId: string, limit: number, before?: string): Promise<LaunchRow[]>;
  count(organizationId: string, registrationId: string): Promise<number>;
  /** A further address for a launch. */
  addToken(organizationId: string, launchId: string): Promise<LaunchToken>;
}

export function launchRepository(database: () => Database): LaunchRepository {
  return {
    byRequest: (organizationId, requestId) =>
      database().tenant(organizationId).findOne(LaunchEntity, { tenantId: organizationId, requestId }),
    list: (organizationId, registrationId, limit, before) =>
      database()
        .tenant(organizationId)
        .find(
          LaunchEntity,
          { tenantId: organizationId, registrationId, ...(before !== undefined && { id: { $lt: before } }) },
          { orderBy: { id: "desc" }, limit: limit + 1 },
        ),
    count: (organizationId, registrationId) =>
      database().tenant(organizationId).count(LaunchEntity, { tenantId: organizationId, registrationId }),
    addToken: (organizationId, launchId) =>
      database()
        .tenant(organizationId)
        .transactional((em) => insertToken(em, organizationId, launchId)),
  };
}

/** Makes an address for a launch, in the caller's transaction. */
export async function insertToken(em: EntityManager, organizationId: string, launchId: string): Promise<LaunchToken> {
  const token = newLaunchToken();
  await em.execute("insert into launch_token (token_hash, tenant_id, launch_id) values (?, ?, ?)", [
    token.hash,
    organizationId,
    launchId,
  ]);
  await em.execute(
    `delete from launch_token where launch_id = ? and token_hash not in
       (select token_hash from launch_token where launch_id = ? order by created_at desc limit ${MOST_TOKENS})`,
    [launchId, launchId],
  );
  return token;
}
