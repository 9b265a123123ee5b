import type pg from "pg";
import { entitiesById } from "../figures/entities.ts";
import { groupFigures, groupSums } from "../figures/grouped-figures.ts";
import type { Scope } from "../figures/scope.ts";
import type { Range } from "../period/read-period.ts";

/** Figures of each version that was used, newest first. */
export async function versionFigures(client: pg.ClientBase, scope: Scope, range: Range, courseId: string) {
  const groups = await groupSums(client, scope, range, "course_version_id");
  const figures = await groupFigures(client, scope, range, "course_version_id", groups);
  const keys = groups.map(({ key }) => key);
  const versions = await entitiesById(client, scope.tenantId, "version", keys);
  return keys
    .map((key) => ({ key, version: versions.get(key), figures: figures.get(key) }))
    .filter(({ version }) => version === undefined || version.parent_id === courseId)
    .toSorted((one, other) => (other.version?.number ?? 0) - (one.version?.number ?? 0))
    .map(({ key, version, figures: theirs }) => ({
      courseVersionId: key,
      number: version?.number ?? 0,
      ...(theirs && { figures: theirs }),
    }));
}
