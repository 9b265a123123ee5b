import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { type Database, inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { registrationNotFound } from "../errors.ts";
import { modelOfCourse } from "../instance/model-of-course.ts";
import type { RegistrationRepository } from "../registration/registration.repository.ts";
import { resultMessage } from "../result/result.ts";
import { type CallFilter, callMessage, type PlacedCall, walkCalls } from "./list-calls.ts";
import { loadInstance } from "./load-instance.ts";
import { replayJournal } from "./replay-journal.ts";
import { stateHash } from "./state-hash.ts";

/** What reading the journal needs. */
export interface JournalDeps {
  readonly database: () => Database;
  readonly catalog: Catalog;
  readonly registrations: RegistrationRepository;
}

export function journalRpc({ database, catalog, registrations }: JournalDeps): ServiceImpl<typeof JournalService> {
  return {
    async listCalls(request, context) {
      const organizationId = organizationOf(context);
      const instance = await registrations.requireInstance(organizationId, request.registrationId, request.instanceId);
      const { launchId, activity, methods, errorsOnly, query, descending, page } = request;
      const filter: CallFilter = { launchId, activity, methods, errorsOnly, query, descending };
      const list = `calls of ${instance.id} ${JSON.stringify(filter)}`;
      const start = readPageRequest(page, list);
      const after = start.after && { launchId: String(start.after[0]), seq: Number(start.after[1]) };
      const found = await inTenant(database().pool, organizationId, async (client) => {
        const calls: PlacedCall[] = [];
        for await (const call of walkCalls(client, instance.id, filter, after)) {
          calls.push(call);
          if (calls.length > start.limit) break;
        }
        let total: bigint | undefined;
        if (page?.withTotal) {
          total = 0n;
          for await (const _ of walkCalls(client, instance.id, filter, undefined)) total += 1n;
        }
        return { calls, total };
      });
      const { rows, nextPageToken } = cutPage(found.calls, start, list, (call) => [call.launchId, call.seq]);
      return {
        calls: rows.map(callMessage),
        page: { nextPageToken, ...(found.total !== undefined && { total: found.total }) },
      };
    },

    async replayJournal({ registrationId, instanceId, launchId, seq }, context) {
      const organizationId = organizationOf(context);
      const row = await registrations.requireInstance(organizationId, registrationId, instanceId);
      const { outline } = await catalog.outline(organizationId, row.packageId);
      const until = launchId === "" ? undefined : { launchId, seq };
      const { pool } = database();
      const stored = await loadInstance(pool, organizationId, row.id);
      if (stored === undefined) throw registrationNotFound({ id: registrationId });
      const replay = await inTenant(pool, organizationId, (client) => replayJournal(client, stored, outline, until));
      const replayedStateHash = stateHash(replay.state);
      const storedStateHash = replay.whole ? stateHash(stored.state) : "";
      return {
        result: resultMessage(replay.result, stored.firstAccessAt, stored.lastAccessAt),
        activities: modelOfCourse(outline).activities(replay.state),
        ...(replay.whole && { equalsStoredState: replayedStateHash === storedStateHash }),
        differences: replay.differences.map((difference) => ({
          launchId: difference.launchId,
          seq: difference.seq,
          expectedResult: difference.answered.result.toWellFormed(),
          expectedError: difference.answered.error,
        })),
        storedStateHash,
        replayedStateHash,
      };
    },
  };
}
