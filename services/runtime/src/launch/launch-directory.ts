import { inTenant } from "@coursemesh/platform/db/database.ts";
import { LRUCache } from "lru-cache";
import type pg from "pg";
import { launchNotFound } from "../errors.ts";
import type { ResultOwner } from "../journal/result-events.ts";
import type { LaunchTerms } from "./launch-terms.ts";
import { hashOfToken } from "./launch-token.ts";

/** What never changes about a launch. */
export interface KnownLaunch {
  readonly id: string;
  readonly tenantId: string;
  readonly instanceId: string;
  readonly registrationId: string;
  readonly packageId: string;
  readonly courseVersionId: string;
  /** False: it plays and nothing is kept of it. */
  readonly recorded: boolean;
  /** True: its registration is in no list and nothing about it is announced. */
  readonly preview: boolean;
  readonly terms: LaunchTerms;
  readonly returnUrl: string;
  readonly locale: string;
  /** Who may frame it besides itself, as sources of CSP; none: the installation's own. */
  readonly frameAncestors: readonly string[];
  /** Named in the events of the result. */
  readonly owner: ResultOwner;
}

/** Finds launches by their token. What it finds is remembered; whether the launch still goes on is not its business. */
export interface LaunchDirectory {
  /** @throws LAUNCH_NOT_FOUND */
  find(token: string): Promise<KnownLaunch>;
  /** By id, for what happens without a player; undefined when the organization has none such. */
  byId(organizationId: string, id: string): Promise<KnownLaunch | undefined>;
}

interface LaunchColumns {
  id: string;
  tenant_id: string;
  instance_id: string;
  registration_id: string;
  package_id: string;
  course_version_id: string;
  untracked: boolean;
  preview: boolean;
  terms: string;
  return_url: string;
  locale: string;
  frame_ancestors: string[];
  external_id: string;
  course_id: string;
  learner_id: string | null;
}

const query = `
  select l.id, l.tenant_id, l.instance_id, l.registration_id, l.package_id, l.course_version_id, l.untracked, l.terms, l.return_url,
    l.locale, l.frame_ancestors, r.preview, r.external_id, r.course_id, p.external_id as learner_id
  from launch l join registration r on r.id = l.registration_id left join learner p on p.id = r.learner_id
  where l.id = $1 and l.tenant_id = $2`;

export function launchDirectory(pool: () => pg.Pool): LaunchDirectory {
  const byHash = new LRUCache<string, KnownLaunch>({ max: 10_000 });

  const byId = (tenantId: string, id: string): Promise<KnownLaunch | undefined> =>
    inTenant(pool(), tenantId, async (client) => {
      const { rows } = await client.query<LaunchColumns>(query, [id, tenantId]);
      return rows[0] && toLaunch(rows[0]);
    });

  return {
    byId,
    async find(token) {
      const hash = hashOfToken(token);
      const key = hash.toString("base64");
      const known = byHash.get(key);
      if (known) return known;
      const { rows } = await pool().query<{ launch_id: string; tenant_id: string }>(
        "select launch_id, tenant_id from launch_of_token($1)",
        [hash],
      );
      const [row] = rows;
      const launch = row && (await byId(row.tenant_id, row.launch_id));
      if (launch === undefined) throw launchNotFound();
      byHash.set(key, launch);
      return launch;
    },
  };
}

function toLaunch(row: LaunchColumns): KnownLaunch {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    instanceId: row.instance_id,
    registrationId: row.registration_id,
    packageId: row.package_id,
    courseVersionId: row.course_version_id,
    recorded: !row.untracked,
    preview: row.preview,
    terms: JSON.parse(row.terms) as LaunchTerms,
    returnUrl: row.return_url,
    locale: row.locale,
    frameAncestors: row.frame_ancestors,
    owner: {
      organizationId: row.tenant_id,
      registrationId: row.registration_id,
      externalId: row.external_id,
      instanceId: row.instance_id,
      courseId: row.course_id,
      courseVersionId: row.course_version_id,
      learnerId: row.learner_id ?? "",
      launchId: row.id,
    },
  };
}
