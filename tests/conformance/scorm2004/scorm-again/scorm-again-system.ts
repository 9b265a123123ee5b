import type { ActivityDefinition, ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import { Scorm2004API } from "scorm-again";
import type { FailedStep } from "../../suite-result.ts";
import type { CaseCall } from "../case-form.ts";
import type { LearningSystem, RunningSco } from "../learning-system.ts";
import { makeCall } from "../make-call.ts";
import { activitySettings } from "./activity-settings.ts";

/** What scorm-again's learner takes from course to course: the snapshots that its own methods give and take. */
export interface ScormAgainLearner {
  objectives: Record<string, object>;
  shared: Record<string, string>;
}

/** What the library tells of itself and its types do not. */
interface SequencingInside {
  captureSharedDataSnapshot(): Record<string, string>;
}

/**
 * scorm-again 3.4 as a learning system, put together as its documentation asks an LMS to: the activity tree from the manifest, deliveries by its
 * listener, the SCO's data reset for each delivery and loaded again for a suspended attempt, state and snapshots kept between launches.
 *
 * The adapter gives what the documentation leaves to the LMS (learner, launch data, time limit, passing score). It cannot give what the settings
 * have no word for: the edition, and limits of time (those it has would refuse every delivery of a course that gives its attempts years).
 */
export class ScormAgainSystem implements LearningSystem {
  running: ScormAgainSco | undefined;
  lastOutcome = "";
  readonly #tree: ActivityTree;
  readonly #learner: ScormAgainLearner;
  readonly #visits = new Map<string, number>();
  readonly #data = new Map<string, { exit: string; cmi: object }>();
  #api: Scorm2004API | undefined;
  #saved: string | undefined;
  #over = true;

  constructor(tree: ActivityTree, learner: ScormAgainLearner) {
    this.#tree = tree;
    this.#learner = learner;
  }

  get isOpen(): boolean {
    return !this.#over;
  }

  launch(): void {
    this.running = undefined;
    const api = new Scorm2004API({
      autocommit: false,
      logLevel: 5,
      onLogMessage: () => {},
      sequencing: {
        activityTree: activitySettings(this.#tree.root),
        // The case decides what is asked for, not the library's own progress.
        autoProgressOnCompletion: false,
        eventListeners: {
          onActivityDelivery: ({ id }: { id: string }) => this.#deliver(id),
          onSequencingSessionEnd: () => {
            this.#over = true;
          },
          onSequencingError: (error: string) => {
            this.lastOutcome = error;
          },
        },
      },
    } as never);
    this.#api = api;
    if (this.#saved !== undefined) api.deserializeSequencingState(this.#saved);
    if (this.#tree.objectivesGlobalToSystem !== false) api.restoreGlobalObjectiveSnapshot(this.#learner.objectives);
    if (this.#tree.sharedDataGlobalToSystem !== false) api.restoreSharedDataSnapshot(this.#learner.shared);
    const resumes = this.#saved !== undefined && JSON.parse(this.#saved).sequencing?.suspendedActivity != null;
    api.processNavigationRequest(resumes ? "resumeAll" : "start");
    this.#keep();
  }

  leave(byLearner: NavigationRequest | undefined): void {
    const api = this.#api;
    if (api === undefined) return;
    const { running } = this;
    this.running = undefined;
    if (running?.isOpen) {
      this.#remember(running.activity, api);
      // The learner's wish goes before the SCO's; the library reads it from where the SCO would have put it.
      if (byLearner !== undefined) api.SetValue("adl.nav.request", requestText(byLearner));
      api.Terminate("");
    } else if (byLearner !== undefined) {
      const target = "target" in byLearner ? byLearner.target : undefined;
      api.processNavigationRequest(byLearner.type, target);
    }
    this.#keep();
  }

  #deliver(activity: string): void {
    const api = this.#api;
    const definition = definitionIn(this.#tree.root, activity);
    if (api === undefined || definition === undefined) return;
    this.#over = false;
    const visits = (this.#visits.get(activity) ?? 0) + 1;
    this.#visits.set(activity, visits);
    api.reset(undefined, { preserveListeners: true });
    const before = this.#data.get(activity);
    api.loadFromJSON({
      cmi: {
        ...(before?.exit === "suspend" ? before.cmi : {}),
        learner_id: "learner",
        learner_name: "Doe, Jane",
        entry: before?.exit === "suspend" ? "resume" : "ab-initio",
        mode: "normal",
        credit: "credit",
        ...launchData(definition),
      },
    });
    this.running = new ScormAgainSco(definition, visits, api);
  }

  #remember(activity: string, api: Scorm2004API): void {
    const { cmi } = JSON.parse(JSON.stringify(api.renderCommitCMI(true))) as { cmi: Record<string, unknown> };
    this.#data.set(activity, { exit: String(cmi.exit ?? ""), cmi });
  }

  #keep(): void {
    const api = this.#api;
    const process = api?.getSequencingService()?.getOverallSequencingProcess();
    if (api === undefined || !process) return;
    this.#saved = api.serializeSequencingState();
    if (this.#tree.objectivesGlobalToSystem !== false)
      Object.assign(this.#learner.objectives, process.getGlobalObjectiveMapSnapshot());
    const inside = api.adl as unknown as SequencingInside;
    if (this.#tree.sharedDataGlobalToSystem !== false)
      Object.assign(this.#learner.shared, inside.captureSharedDataSnapshot());
  }
}

class ScormAgainSco implements RunningSco {
  readonly activity: string;
  readonly visits: number;
  readonly #hidden: ActivityDefinition["hideLmsUi"];
  readonly #api: Scorm2004API;

  constructor({ identifier, hideLmsUi }: ActivityDefinition, visits: number, api: Scorm2004API) {
    this.activity = identifier;
    this.visits = visits;
    this.#hidden = hideLmsUi;
    this.#api = api;
  }

  get isOpen(): boolean {
    return this.#api.isInitialized();
  }

  get canContinue(): boolean {
    return this.#shows("continue");
  }

  get canGoBack(): boolean {
    return this.#shows("previous");
  }

  canChoose(activity: string): boolean {
    return this.#api.GetValue(`adl.nav.request_valid.choice.{target=${activity}}`) === "true";
  }

  call(call: CaseCall): FailedStep | undefined {
    const failure = makeCall(this.#api as never, call);
    // The same time, in the words of the case.
    const noTime = call.returns === "PT0H0M0S" && failure?.got === "PT0S / 0";
    return noTime ? undefined : failure;
  }

  #shows(control: "continue" | "previous"): boolean {
    if (this.#hidden?.includes(control)) return false;
    return String(this.#api.adl.nav.request_valid[control]) === "true";
  }
}

function requestText(request: NavigationRequest): string {
  return "target" in request ? `{target=${request.target}}${request.type}` : request.type;
}

function launchData({ dataFromLms, timeLimitAction, sequencing }: ActivityDefinition): Record<string, string> {
  const duration = sequencing?.limitConditions?.attemptAbsoluteDurationLimitText;
  const [primary] = sequencing?.objectives ?? [];
  return {
    ...(dataFromLms !== undefined && { launch_data: dataFromLms }),
    ...(timeLimitAction !== undefined && { time_limit_action: timeLimitAction }),
    ...(duration !== undefined && { max_time_allowed: duration }),
    ...(primary?.satisfiedByMeasure && { scaled_passing_score: String(primary.minNormalizedMeasure ?? 1) }),
  };
}

function definitionIn(activity: ActivityDefinition, identifier: string): ActivityDefinition | undefined {
  if (activity.identifier === identifier) return activity;
  for (const child of activity.children ?? []) {
    const found = definitionIn(child, identifier);
    if (found !== undefined) return found;
  }
  return undefined;
}
