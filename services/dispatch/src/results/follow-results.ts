import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { Subscription } from "@coursemesh/platform/events/event-bus.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import {
  LaunchEndedSchema,
  RegistrationDeletedSchema,
  RegistrationProgressedSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { endAiccSession } from "../aicc/queue-telling.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import type { SessionRow } from "../external_session/session-row.ts";
import { takeResult } from "./take-result.ts";

/**
 * Follows what the runtime announces about registrations of ours, so that a result is taken also when no page is there to ask for it. What is
 * announced is only a nudge: the result itself is read anew, so that events in any order, and twice, do no harm.
 */
export function followResults(parts: DispatchParts): Subscription {
  return {
    group: "dispatch results",
    types: [RegistrationProgressedSchema.typeName, LaunchEndedSchema.typeName, RegistrationDeletedSchema.typeName],
    async handle(event) {
      const { organizationId } = event;
      const progressed = unpack(event, RegistrationProgressedSchema)?.change;
      if (progressed) await takeFor(parts, organizationId, progressed.registrationId);
      const ended = unpack(event, LaunchEndedSchema)?.launch;
      if (ended) {
        // The end settles what an unclosed session comes to.
        await takeFor(parts, organizationId, ended.registrationId);
        await inTenant(parts.pool(), organizationId, (client) =>
          endAiccSession(parts, client, organizationId, ended.id),
        );
      }
      const deleted = unpack(event, RegistrationDeletedSchema);
      if (deleted) await forget(parts, organizationId, deleted.registrationId);
    },
  };
}

function unpack<Desc extends DescMessage>({ payload }: EventEnvelope, schema: Desc): MessageShape<Desc> | undefined {
  return payload && anyUnpack(payload, schema);
}

async function takeFor(parts: DispatchParts, tenantId: string, registrationId: string): Promise<void> {
  if (registrationId === "") return;
  const rows = await inTenant(parts.pool(), tenantId, async (client) => {
    const found = await client.query<SessionRow>(
      "select * from external_session where tenant_id = $1 and registration_id = $2 and merged_into is null",
      [tenantId, registrationId],
    );
    return found.rows;
  });
  for (const row of rows) await takeResult(parts, row);
}

/** The next launch of the learner makes another registration; what was told of this one stays. */
async function forget({ pool }: DispatchParts, tenantId: string, registrationId: string): Promise<void> {
  await inTenant(pool(), tenantId, (client) =>
    client.query(
      "update external_session set registration_id = null, instance_id = null where tenant_id = $1 and registration_id = $2",
      [tenantId, registrationId],
    ),
  );
}
