import type { Result } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { is2004 } from "../instance/instance-model.ts";
import type { JournalWriter } from "../journal/append-journal.ts";
import type { JournalInstance } from "../journal/instance-memory.ts";
import type { DeliveredCalls } from "../journal/read-calls.ts";
import type { Turns } from "../journal/turns.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import { resultMessage } from "../result/result.ts";
import type { Steps } from "../sequencing/steps.ts";
import type { UntrackedPlay } from "../sequencing/untracked-keeper.ts";

/** What the player is told about its delivery. */
export interface Delivered {
  readonly acknowledgedSeq: number;
  readonly result: Result;
  /** JSON of a sequencing answer, empty for none. */
  readonly answerJson: string;
}

/** What takes deliveries, by what the launch is: recorded or not, with steps of sequencing or without. */
export interface DeliveryDeps {
  readonly journal: JournalWriter;
  readonly turns: Turns;
  readonly recorded: Steps<JournalInstance>;
  readonly untracked: Steps<UntrackedPlay>;
}

/** Takes a player's calls. @throws LAUNCH_NOT_FOUND, LAUNCH_OVER, LEASE_LOST */
export async function takeDelivery(
  { journal, turns, recorded, untracked }: DeliveryDeps,
  launch: KnownLaunch,
  calls: DeliveredCalls,
): Promise<Delivered> {
  const sequenced = is2004(launch.terms.context);
  if (launch.recorded && sequenced) {
    const { acknowledgedSeq, kept, answer } = await turns.take(launch.instanceId, () => recorded.append(launch, calls));
    return { acknowledgedSeq, result: resultOf(kept), answerJson: answer ? JSON.stringify(answer) : "" };
  }
  if (launch.recorded) {
    const { acknowledgedSeq, instance } = await turns.take(launch.instanceId, () => journal.append(launch, calls));
    return { acknowledgedSeq, result: resultOf(instance), answerJson: "" };
  }
  const { acknowledgedSeq, instance } = await journal.passOver(launch, calls);
  if (!sequenced) return { acknowledgedSeq, result: resultOf(instance), answerJson: "" };
  const stepped = await turns.take(launch.id, () => untracked.append(launch, calls));
  const answerJson = stepped.answer ? JSON.stringify(stepped.answer) : "";
  return { acknowledgedSeq: stepped.acknowledgedSeq, result: resultOf(instance), answerJson };
}

/** The contract's message of an instance's result. */
export function resultOf({ result, firstAccessAt, lastAccessAt }: JournalInstance): Result {
  return resultMessage(result, firstAccessAt, lastAccessAt);
}
