import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { NavigationKind, NavigationSource } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import {
  SessionService,
  type SessionState,
  SessionStatus,
  type StepOutcome,
} from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type { SharedData } from "@coursemesh/scorm/cmi2004/shared-data.ts";
import type { Instance2004State, UnansweredStep } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { SequencingAnswer, SequencingStatus } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import type { Delivery } from "@coursemesh/scorm/sequencing/run-time-input.ts";
import type { SequencingState } from "@coursemesh/scorm/sequencing/session.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import { START_ACTIVITY } from "../launch/launch-terms.ts";
import { activityReport } from "./activity-report.ts";

/** As whom sequencing knows a way through a course. */
export interface SequencedAs {
  readonly instanceId: string;
  readonly learnerId: string;
}

/** The sequencing service, as the runtime asks it. */
export interface Sequencing {
  /**
   * Asks for the answer to a step; the same step has the same answer, however often it is asked.
   * @throws ConnectError when it cannot be asked now.
   */
  ask(launch: KnownLaunch, as: SequencedAs, state: Instance2004State, step: UnansweredStep): Promise<SequencingAnswer>;
  /** Forgets a session, and the learner too when one is named. */
  forget(organizationId: string, as: SequencedAs): Promise<void>;
}

/** Longest that a learner's request waits; the calls are on disk by then, and the player asks again. */
const TIMEOUT_MS = 10_000;
/** The last moment that a message's time can carry; learners' clocks say anything. */
const LATEST_MS = Date.UTC(9999, 11, 31);

const modes = { normal: LaunchMode.NORMAL, browse: LaunchMode.BROWSE, review: LaunchMode.REVIEW } as const;
const sources = {
  player: NavigationSource.PLAYER,
  content: NavigationSource.CONTENT,
  system: NavigationSource.SYSTEM,
} as const;
const kinds = {
  start: NavigationKind.START,
  resumeAll: NavigationKind.RESUME_ALL,
  continue: NavigationKind.CONTINUE,
  previous: NavigationKind.PREVIOUS,
  choice: NavigationKind.CHOICE,
  jump: NavigationKind.JUMP,
  exit: NavigationKind.EXIT,
  exitAll: NavigationKind.EXIT_ALL,
  suspendAll: NavigationKind.SUSPEND_ALL,
  abandon: NavigationKind.ABANDON,
  abandonAll: NavigationKind.ABANDON_ALL,
  forward: NavigationKind.UNSPECIFIED,
  backward: NavigationKind.UNSPECIFIED,
} as const;
const statuses: Readonly<Partial<Record<SessionStatus, SequencingStatus>>> = {
  [SessionStatus.UNSPECIFIED]: "waiting",
  [SessionStatus.ACTIVE]: "active",
  [SessionStatus.WAITING]: "waiting",
  [SessionStatus.SUSPENDED]: "suspended",
  [SessionStatus.ENDED]: "ended",
};

export function sequencingOver(clients: Clients): Sequencing {
  const service = () => clients.of(SessionService);
  const options = { timeoutMs: TIMEOUT_MS };

  const askFor = async (launch: KnownLaunch, as: SequencedAs, step: UnansweredStep): Promise<Given> => {
    const { navigation, seq } = step;
    const now = timestampFromMs(Math.min(Math.max(0, Math.round(step.at)), LATEST_MS));
    const position = { launchId: launch.id, seq, instanceId: as.instanceId, now };
    if (navigation?.type === "start") {
      const { courseId, registrationId } = launch.owner;
      const mode = modes[launch.terms.context.mode];
      const targetActivityId = (launch.terms.settings[START_ACTIVITY] ?? "").toWellFormed();
      const { courseVersionId } = launch;
      const { learnerId } = as;
      const start = { ...position, registrationId, learnerId, courseId, courseVersionId, mode, targetActivityId };
      return service().startSession(start, options);
    }
    const result = activityReport(step);
    const asked = navigation && {
      kind: kinds[navigation.type],
      targetActivityId: "target" in navigation ? navigation.target.toWellFormed() : "",
      source: sources[step.source],
    };
    return service().processNavigation(
      { ...position, ...(result && { result }), ...(asked && { navigation: asked }) },
      options,
    );
  };

  return {
    ask: (launch, as, state, step) =>
      runAs(serviceCaller("runtime", launch.tenantId), async () => {
        try {
          return answerOf(launch.id, step, await askFor(launch, as, step));
        } catch (error) {
          const refusal = refusalOf(launch.id, state, step, error);
          if (refusal === undefined) throw error;
          return refusal;
        }
      }),
    forget: (organizationId, { instanceId, learnerId }) =>
      runAs(serviceCaller("runtime", organizationId), async () => {
        await service().deleteSession({ instanceId }, options);
        if (learnerId !== "") await service().deleteLearner({ learnerId }, options);
      }),
  };
}

/** Codes of errors that come again however often one asks. */
const FINAL: ReadonlySet<Code> = new Set([
  Code.FailedPrecondition,
  Code.InvalidArgument,
  Code.NotFound,
  Code.AlreadyExists,
]);

interface Given {
  readonly state?: SessionState | undefined;
  readonly outcome?: StepOutcome | undefined;
}

function answerOf(launch: string, step: UnansweredStep, { state, outcome }: Given): SequencingAnswer {
  if (state === undefined || outcome === undefined) throw new ConnectError("sequencing gave no answer", Code.Internal);
  const delivered = step.navigation !== undefined && outcome.accepted ? state.delivery : undefined;
  return {
    launch,
    seq: step.seq,
    accepted: outcome.accepted,
    exception: outcome.exception,
    status: statuses[state.status] ?? "waiting",
    ...(delivered && { delivery: read(delivered.deliveryJson) as Delivery }),
    shared: (state.sharedJson.length === 0 ? (step.shared ?? {}) : read(state.sharedJson)) as SharedData,
    state: read(state.coreState) as SequencingState,
    stateHash: state.stateHash,
    revision: Number(state.revision),
  };
}

/** What can never be answered otherwise is a refusal, so that the course goes on: asking again would only stand in its way. */
function refusalOf(
  launch: string,
  { answer }: Instance2004State,
  step: UnansweredStep,
  error: unknown,
): SequencingAnswer | undefined {
  const { code } = ConnectError.from(error);
  const final = FINAL.has(code);
  if (!final || answer === undefined || step.navigation?.type === "start") return undefined;
  const { delivery: _, ...before } = answer;
  return { ...before, launch, seq: step.seq, accepted: false, exception: reasonOf(error) ?? Code[code] };
}

function read(json: Uint8Array): unknown {
  return JSON.parse(Buffer.from(json).toString());
}
