import { unavailable } from "@coursemesh/platform/errors/service-error.ts";
import type { Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import type { Logger } from "pino";
import type { CallTuple, DeliveredCalls } from "../journal/read-calls.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import type { SequencedAs, Sequencing } from "./ask-sequencing.ts";
import { stepPieces } from "./step-pieces.ts";

/** Where the state of SCORM 2004 launches is kept: beside the journal, or, of launches that record nothing, for as long as they go on. */
export interface Keeper<Kept> {
  stateOf(kept: Kept): Instance2004State;
  as(kept: Kept, launch: KnownLaunch): SequencedAs;
  /** As it is known; it may be out of date, which writing it tells. @throws LAUNCH_NOT_FOUND */
  load(launch: KnownLaunch): Promise<Kept>;
  /** As it is stored. @throws LAUNCH_NOT_FOUND */
  reload(launch: KnownLaunch): Promise<Kept>;
  /** The launch that the state was folded for last; undefined when it is gone. */
  foldedLaunch(kept: Kept, launch: KnownLaunch): Promise<KnownLaunch | undefined>;
  /** Takes a delivery. */
  append(
    launch: KnownLaunch,
    calls: DeliveredCalls,
  ): Promise<{ readonly acknowledgedSeq: number; readonly kept: Kept }>;
  /** Writes a call of our own as the next one of a launch; undefined when what is kept had changed. */
  record(kept: Kept, launch: KnownLaunch, call: CallTuple): Promise<Kept | undefined>;
  /** Stores an answer and what follows from it; undefined when what is kept had changed. */
  answer(kept: Kept, launch: KnownLaunch, answer: SequencingAnswer): Promise<Kept | undefined>;
}

/** What has come of a delivery. */
export interface Stepped<Kept> {
  readonly acknowledgedSeq: number;
  readonly kept: Kept;
  /** To the newest step of what was delivered, or of the launch for an empty delivery. */
  readonly answer: SequencingAnswer | undefined;
}

/**
 * Takes SCORM 2004 courses from step to step. Calls are on disk first, then sequencing is asked, then its answer is stored with what follows
 * from it. What was left unanswered by a crash, or while sequencing was away, is asked again before anything is built on it: the same call has
 * the same answer. Everything runs in turn with all else that writes the instance.
 */
export interface Steps<Kept> {
  append(launch: KnownLaunch, calls: DeliveredCalls): Promise<Stepped<Kept>>;
  /** Asks what is unanswered. What cannot be asked now stays so. */
  settle(kept: Kept, launch: KnownLaunch): Promise<Kept>;
  /** Begins a launch: ends what another one left open, then starts. One that has begun goes on. @throws UNAVAILABLE */
  begin(kept: Kept, launch: KnownLaunch): Promise<Kept>;
}

/** Tries against others that write the same instance from other processes. */
const ATTEMPTS = 20;

export function steps<Kept>(
  keeper: Keeper<Kept>,
  sequencing: Sequencing,
  now: () => Date,
  logger: Logger,
): Steps<Kept> {
  const settle = async (given: Kept, launch: KnownLaunch): Promise<Kept> => {
    let kept = given;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const state = keeper.stateOf(kept);
      const folded = state.unanswered && (await keeper.foldedLaunch(kept, launch));
      if (state.unanswered === undefined || folded === undefined) return kept;
      let answer: SequencingAnswer;
      try {
        answer = await sequencing.ask(folded, keeper.as(kept, folded), state, state.unanswered);
      } catch (error) {
        logger.warn({ err: error, launchId: folded.id, seq: state.unanswered.seq }, "sequencing did not answer");
        return kept;
      }
      const after = await keeper.answer(kept, folded, answer);
      if (after !== undefined) return after;
      kept = await keeper.reload(launch);
    }
    throw unavailable("the journal");
  };

  return {
    settle,
    async append(launch, calls) {
      let acknowledgedSeq = 0;
      let kept = await settle(await keeper.load(launch), launch);
      for (const piece of stepPieces(calls)) {
        // Nothing may follow a request that is not answered: the player keeps it and comes again.
        const waits = keeper.stateOf(kept).unanswered?.navigation !== undefined;
        const written = await keeper.append(launch, waits ? { ...piece, tuples: [], text: "[]" } : piece);
        acknowledgedSeq = written.acknowledgedSeq;
        kept = await settle(written.kept, launch);
        if (waits || acknowledgedSeq < piece.firstSeq + piece.tuples.length - 1) break;
      }
      const { answer, unanswered } = keeper.stateOf(kept);
      const newest = unanswered === undefined && answer?.launch === launch.id;
      const told = newest && (calls.tuples.length === 0 || answer.seq >= calls.firstSeq);
      return { acknowledgedSeq, kept, answer: told ? answer : undefined };
    },

    async begin(given, launch) {
      let kept = given;
      let closed = false;
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        kept = await settle(kept, launch);
        const state = keeper.stateOf(kept);
        if (state.launch === launch.id) {
          if (state.unanswered?.navigation?.type === "start") throw unavailable("sequencing");
          return kept;
        }
        if (state.unanswered !== undefined) throw unavailable("sequencing");
        const open = !closed && state.answer?.launch === state.launch && state.answer.status === "active";
        const older = open ? await keeper.foldedLaunch(kept, launch) : undefined;
        closed = true;
        const call = older ? systemCall("closed", state.current) : systemCall("start", "");
        kept = (await keeper.record(kept, older ?? launch, call(now()))) ?? (await keeper.reload(launch));
      }
      throw unavailable("the journal");
    },
  };
}

/** A call that nobody made but us, in the journal like all others: it is what sequencing is asked about. */
function systemCall(element: "start" | "closed", activity: string) {
  return (at: Date): CallTuple => [at.getTime(), activity, "Navigate", element, "", "true", "0"];
}
