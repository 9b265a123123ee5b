import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import {
  type PersonDeletion,
  PersonDeletionService,
  PersonDeletionState,
} from "@coursemesh/proto/coursemesh/lrs/v1/person_deletion_pb.ts";
import type {
  PersonDeletionRowSchema,
  PersonDeletionViewService,
} from "@coursemesh/proto/coursemesh/web/v1/person_deletion_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";

/** Deletions a page shows. */
const ROWS = 50;

/** The page of privacy requests. */
export function personDeletionView({ clients }: ViewDeps): ServiceImpl<typeof PersonDeletionViewService> {
  const deletions = clients.of(PersonDeletionService);
  const rowOf = (deletion: PersonDeletion | undefined) => (deletion ? { deletion: toRow(deletion) } : {});

  return {
    async listPersonDeletions({ pageToken }) {
      const answer = await deletions.listPersonDeletions({ page: { pageSize: ROWS, pageToken } });
      return { deletions: answer.personDeletions.map(toRow), nextPageToken: answer.page?.nextPageToken ?? "" };
    },

    async createPersonDeletion({ requestId, agentsJson, related, dryRun, startTime }) {
      const { personDeletion } = await deletions.createPersonDeletion({
        requestId: requestId || uuidV7(),
        agentsJson,
        related,
        dryRun,
        ...(startTime > 0n && { startTime: timestampFromMs(Number(startTime)) }),
      });
      return rowOf(personDeletion);
    },

    async cancelPersonDeletion({ id }) {
      return rowOf((await deletions.cancelPersonDeletion({ id })).personDeletion);
    },
  };
}

function toRow(deletion: PersonDeletion): MessageInitShape<typeof PersonDeletionRowSchema> {
  const { id, agentHashes, dryRun, statementCount, documentCount, attachmentCount, error } = deletion;
  return {
    id,
    agentHashes,
    dryRun,
    state: textOfEnum(PersonDeletionState, deletion.state),
    statementCount,
    documentCount,
    attachmentCount,
    createTime: millisOf(deletion.createTime),
    startTime: millisOf(deletion.startTime),
    endTime: millisOf(deletion.endTime),
    error,
  };
}
