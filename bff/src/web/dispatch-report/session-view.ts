import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { CallbackKind, CallbackService } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import { DeploymentService } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import {
  Acknowledgement,
  type ExternalSession,
  ExternalSessionService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { ReceiptOutcome, ReceiptService } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type { DispatchSessionViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";
import { valuesOfTexts } from "../webhook/value-of-text.ts";
import { toReceiptRow } from "./receipt-row.mapper.ts";
import { toSessionRow } from "./session-row.mapper.ts";
import { subjectNames } from "./subject-names.ts";

const ROWS = 25;
const CALLS = 50;
/** Sessions under one name that are offered for merging. */
const DUPLICATES = 20;
const NOT_TAKEN = [ReceiptOutcome.REFUSED, ReceiptOutcome.THREW, ReceiptOutcome.SILENT];

/** Pages of sessions and of results that are not acknowledged. */
export function dispatchSessionView({ clients, directory }: ViewDeps): ServiceImpl<typeof DispatchSessionViewService> {
  const sessions = clients.of(ExternalSessionService);
  const receipts = clients.of(ReceiptService);

  /** Others of the dispatch that the host may have named twice. */
  const duplicatesOf = async (session: ExternalSession): Promise<ExternalSession[]> => {
    const query = session.learnerEmail || session.learnerName;
    if (query === "" || session.mergedIntoId !== "") return [];
    const { dispatchId } = session;
    const answer = await sessions.listExternalSessions({ dispatchId, query, page: { pageSize: DUPLICATES } });
    return answer.externalSessions.filter(({ id }) => id !== session.id);
  };

  return {
    async listSessions({ deploymentId, dispatchId, query, acknowledgement, pageToken }) {
      const answer = await sessions.listExternalSessions({
        ...{ deploymentId, dispatchId, query: query.trim() },
        acknowledgements: valuesOfTexts(
          Acknowledgement,
          acknowledgement === "" ? [] : [acknowledgement],
          "acknowledgement",
        ),
        page: { pageSize: ROWS, pageToken, withTotal: true },
      });
      const names = await subjectNames(clients, answer.externalSessions);
      return {
        sessions: answer.externalSessions.map((session) => toSessionRow(session, names)),
        nextPageToken: answer.page?.nextPageToken ?? "",
        total: answer.page?.total ?? 0n,
      };
    },

    async getSession({ id }) {
      const { externalSession: session } = await sessions.getExternalSession({ id });
      if (session === undefined) return {};
      const deployments = clients.of(DeploymentService);
      const [names, duplicates, find, place] = await Promise.all([
        subjectNames(clients, [session]),
        duplicatesOf(session),
        directory.find([session]),
        // A deployment that cannot be read leaves its host's name out, nothing else.
        session.deploymentId === ""
          ? undefined
          : deployments.getDeployment({ id: session.deploymentId }).catch(() => undefined),
      ]);
      const { course, versionNumber } = find(session);
      return {
        session: toSessionRow(session, names),
        lmsDomain: place?.deployment?.lmsDomain ?? "",
        courseTitle: course?.title ?? "",
        courseVersionNumber: versionNumber,
        cmiJson: new TextDecoder().decode(session.cmiJson),
        duplicates: duplicates.map((duplicate) => toSessionRow(duplicate, names)),
      };
    },

    async listReceipts({ sessionId, failedOnly, pageToken }) {
      const answer = await receipts.listReceipts({
        externalSessionId: sessionId,
        outcomes: failedOnly ? NOT_TAKEN : [],
        page: { pageSize: CALLS, pageToken },
      });
      const rows = answer.entries.flatMap(({ receipt, launchId }) =>
        receipt ? [toReceiptRow(receipt, launchId)] : [],
      );
      return { receipts: rows, nextPageToken: answer.page?.nextPageToken ?? "" };
    },

    async listCallbacks({ sessionId, pageToken }) {
      const page = { pageSize: CALLS, pageToken };
      const answer = await clients.of(CallbackService).listCallbacks({ externalSessionId: sessionId, page });
      return {
        callbacks: answer.callbacks.map(({ id, sequence, kind, time, receiveTime, late, refusal }) => ({
          ...{ id, sequence, late, refusal },
          kind: textOfEnum(CallbackKind, kind),
          time: millisOf(time),
          receiveTime: millisOf(receiveTime),
        })),
        nextPageToken: answer.page?.nextPageToken ?? "",
      };
    },

    async listUnacknowledged({ dispatchId, destinationId, pageToken }) {
      const answer = await receipts.listUnacknowledgedResults({
        dispatchId,
        destinationId,
        page: { pageSize: ROWS, pageToken, withTotal: true },
      });
      const found = answer.results.flatMap((result) =>
        result.externalSession ? [{ ...result, session: result.externalSession }] : [],
      );
      const names = await subjectNames(
        clients,
        found.map(({ session }) => session),
      );
      return {
        results: found.map(({ session, since, attemptCount, lastReceipt }) => ({
          session: toSessionRow(session, names),
          since: millisOf(since),
          attemptCount,
          ...(lastReceipt && { telling: toReceiptRow(lastReceipt, "") }),
        })),
        nextPageToken: answer.page?.nextPageToken ?? "",
        total: answer.page?.total ?? 0n,
      };
    },

    async resendResult({ requestId, sessionId }) {
      const { sent } = await receipts.resendResult({
        requestId: requestId || uuidV7(),
        externalSessionId: sessionId,
      });
      return { sent };
    },

    async settleResult({ sessionId, note }) {
      await receipts.settleResult({ externalSessionId: sessionId, note });
      return {};
    },

    async revokeSession({ id }) {
      await sessions.revokeExternalSession({ id });
      return {};
    },

    async mergeSessions({ requestId, id, duplicateId }) {
      await sessions.mergeExternalSessions({ requestId: requestId || uuidV7(), id, duplicateId });
      return {};
    },
  };
}
