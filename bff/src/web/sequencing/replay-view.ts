import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ReplayJournalResponse } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import type { ReplaySessionResponse } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { ReplayRegistrationResponseSchema } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { toChangeView } from "./step-row.mapper.ts";

/** The verdict over both replays. @param sequencing absent for a course without sequencing */
export function replayOf(
  journal: ReplayJournalResponse,
  sequencing: ReplaySessionResponse | undefined,
): MessageInitShape<typeof ReplayRegistrationResponseSchema> {
  const [first] = journal.differences;
  const journalIdentical = (journal.equalsStoredState ?? false) && first === undefined;
  return {
    identical: journalIdentical && (sequencing?.identical ?? true),
    journal: {
      identical: journalIdentical,
      storedHash: journal.storedStateHash,
      replayedHash: journal.replayedStateHash,
      differenceCount: journal.differences.length,
      launchId: first?.launchId ?? "",
      seq: first?.seq ?? 0,
      expectedResult: first?.expectedResult ?? "",
      expectedError: first?.expectedError ?? "",
    },
    ...(sequencing && {
      sequencing: {
        identical: sequencing.identical,
        storedHash: sequencing.storedHash,
        replayedHash: sequencing.replayedHash,
        stepsReplayed: Number(sequencing.stepsReplayed),
        firstDifferenceStepId: sequencing.firstDifferenceStepId,
        differences: sequencing.differences.map(toChangeView),
      },
    }),
  };
}
