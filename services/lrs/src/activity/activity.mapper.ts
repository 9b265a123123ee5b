import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Activity, ActivitySchema } from "@coursemesh/proto/coursemesh/lrs/v1/activity_pb.ts";
import { pickLanguage } from "@coursemesh/xapi/language-range.ts";
import type { ActivityDefinition } from "@coursemesh/xapi/statement.ts";
import type { ActivityRow } from "./activity.repository.ts";

/** An activity that statements have named, with everything that was said of it (XAPI-00254). */
export function toActivity({ iri, definition, updatedAt }: ActivityRow, acceptLanguage: string): Activity {
  const defined = definition === "" ? undefined : (JSON.parse(definition) as ActivityDefinition);
  const [name = ""] = Object.values(pickLanguage(defined?.name ?? {}, acceptLanguage));
  const id = JSON.stringify(iri);
  const json = `{"objectType":"Activity","id":${id}${definition === "" ? "" : `,"definition":${definition}`}}`;
  return create(ActivitySchema, {
    id: iri,
    name,
    type: defined?.type ?? "",
    json: Buffer.from(json),
    updateTime: timestampFromDate(updatedAt),
  });
}

/** An activity that no statement has named. */
export function unknownActivity(id: string): Activity {
  return create(ActivitySchema, { id, json: Buffer.from(JSON.stringify({ objectType: "Activity", id })) });
}
