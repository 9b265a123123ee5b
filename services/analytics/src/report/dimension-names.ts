import { Dimension } from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import type pg from "pg";
import { entitiesById } from "../figures/entities.ts";
import type { EntityKind } from "../journal/entity-event.ts";

const KINDS = new Map<Dimension, EntityKind>([
  [Dimension.COURSE, "course"],
  [Dimension.COURSE_VERSION, "version"],
  [Dimension.DESTINATION, "destination"],
  [Dimension.DISPATCH, "dispatch"],
]);

/** Names for people by dimension and key; what has none is left out. */
export async function namesOf(
  client: pg.ClientBase,
  tenantId: string,
  dimensions: readonly Dimension[],
  groups: readonly { readonly keys: readonly string[] }[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [index, dimension] of dimensions.entries()) {
    const keys = [...new Set(groups.map(({ keys: all }) => all[index] ?? ""))];
    const kind = KINDS.get(dimension);
    if (kind !== undefined) {
      for (const [key, { name, number }] of await entitiesById(client, tenantId, kind, keys)) {
        const text = kind === "version" && number > 0 ? `${number}: ${name}` : name;
        if (text !== "") names.set(`${dimension} ${key}`, text);
      }
    }
    if (dimension !== Dimension.LEARNER) continue;
    const { rows } = await client.query<{ learner_id: string; name: string }>(
      "select learner_id, name from learner where tenant_id = $1 and learner_id = any($2) and name <> ''",
      [tenantId, keys],
    );
    for (const { learner_id: key, name } of rows) names.set(`${dimension} ${key}`, name);
  }
  return names;
}
