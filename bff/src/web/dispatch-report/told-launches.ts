import { create } from "@bufbuild/protobuf";
import {
  type Receipt,
  type ReceiptEntry,
  ReceiptOutcome,
} from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { type ToldLaunch, ToldLaunchSchema } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { toReceiptRow } from "./receipt-row.mapper.ts";

const STATUS = /(?:lesson_status|completion_status|success_status)$/;
const SCORE = /score\.(?:raw|scaled)$/;
const DURATION = /session_time$/;
/** What tells most about a launch, worst first. */
const WORST = [
  ReceiptOutcome.REFUSED,
  ReceiptOutcome.THREW,
  ReceiptOutcome.SILENT,
  ReceiptOutcome.TOLERATED,
  ReceiptOutcome.ACCEPTED,
];

/** Receipts put together by launch, in the order in which launches are met. */
export function toldLaunches(entries: readonly ReceiptEntry[]): ToldLaunch[] {
  return [...Map.groupBy(entries, ({ launchId }) => launchId)].map(([id, all]) => {
    const told = all
      .flatMap(({ receipt }) => (receipt ? [receipt] : []))
      .toSorted((one, other) => Number(one.sequence - other.sequence));
    const telling = tellingOf(told);
    return create(ToldLaunchSchema, {
      id,
      sessionId: all[0]?.externalSessionId ?? "",
      time: millisOf(told.at(-1)?.time),
      status: statusOf(told),
      score: told.findLast(({ element }) => SCORE.test(element))?.value ?? "",
      duration: told.findLast(({ element }) => DURATION.test(element))?.value ?? "",
      callCount: all.length,
      ...(telling && { telling: toReceiptRow(telling, id) }),
    });
  });
}

/** SCORM 2004 tells two statuses; each as it was told last. */
function statusOf(told: readonly Receipt[]): string {
  const last = new Map(
    told.filter(({ element }) => STATUS.test(element)).map(({ element, value }) => [element, value]),
  );
  return [...last.values()].filter((value) => value !== "").join(", ");
}

/** The last of the worst answers about a result; calls that tell no result only when there is nothing else. */
function tellingOf(told: readonly Receipt[]): Receipt | undefined {
  const about = told.filter(({ resultSequence }) => resultSequence > 0n);
  const all = about.length > 0 ? about : told;
  for (const outcome of WORST) {
    const found = all.findLast((receipt) => receipt.outcome === outcome);
    if (found) return found;
  }
  return undefined;
}
