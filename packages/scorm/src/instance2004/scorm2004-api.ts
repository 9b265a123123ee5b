import { Api1484_11, type ApiCall } from "../cmi2004/api-1484-11.ts";
import type { CourseOutline } from "../course/course-outline.ts";
import type { Environment } from "../sequencing/draft.ts";
import { navigationAfterTerminate } from "../sequencing/navigation-after-terminate.ts";
import type { NavigationRequest } from "../sequencing/request.ts";
import type { Delivery } from "../sequencing/run-time-input.ts";
import type { ValidNavigation } from "../sequencing/valid-navigation.ts";
import type { Instance2004State } from "./instance-state.ts";
import type { Launch2004Context } from "./launch-context.ts";
import { Scorm2004Instance } from "./live-instance.ts";
import type { SequencingAnswer } from "./sequencing-answer.ts";

/**
 * All activities of one launch behind one `window.API_1484_11`. Every call that belongs in the journal is handed to `record` before it is answered;
 * numbering follows the state's `seq`. When content calls Terminate and something is to follow (what the learner wished, or content asked for),
 * the `Navigate` is recorded at once, before the page can unload.
 */
export class Scorm2004Api {
  readonly api: Api1484_11;
  /** What the learner chose, to be set before the SCO's frame is unloaded: its Terminate carries it out. */
  wish: NavigationRequest | undefined;
  readonly #live: Scorm2004Instance;
  readonly #record: (call: ApiCall) => void;
  readonly #environment: () => Environment;
  #seq: number;
  #refused = false;

  constructor(
    outline: CourseOutline,
    launch: Launch2004Context,
    state: Instance2004State,
    record: (call: ApiCall) => void,
    environment: () => Environment,
  ) {
    this.#live = new Scorm2004Instance(outline, launch, state, environment);
    this.#record = record;
    this.#environment = environment;
    this.#seq = state.launch === launch.id ? state.seq : 0;
    this.api = new Api1484_11((call) => this.#called(call));
    this.api.attach(this.#live.current, this.#live.session);
  }

  /** The delivered activity; empty when there is none. */
  get current(): string {
    return this.#live.current;
  }

  /** Where the SCO's session stands; undefined when there is none. */
  get phase(): "opened" | "running" | "terminated" | undefined {
    return this.#live.session?.phase;
  }

  /** Whether the answer to a `Navigate` is awaited. */
  get waiting(): boolean {
    return this.#live.waiting;
  }

  /** The newest answer. */
  get answer(): SequencingAnswer | undefined {
    return this.#live.answer;
  }

  /** Asks for something; the SCO's frame has been unloaded. False when it cannot be asked now, and then nothing is recorded. */
  navigate(element: string, target = ""): boolean {
    if (this.#refused) return false;
    const activity = this.#live.current;
    if (!this.#live.navigate(this.#seq + 1, this.#environment().now, element, target)) return false;
    this.#seq += 1;
    this.wish = undefined;
    this.api.attach(activity, undefined);
    this.#record({ activity, method: "Navigate", element, value: target, result: "true", error: "0" });
    return true;
  }

  /** Takes an answer; the activity that is to be opened now, if any. */
  take(answer: SequencingAnswer): Delivery | undefined {
    const delivery = this.#live.take(answer);
    if (delivery !== undefined) this.api.attach(this.#live.current, this.#live.session);
    return delivery;
  }

  /** What the learner may ask for now. */
  valid(): ValidNavigation {
    return this.#live.valid();
  }

  /** From now on every call fails and nothing is recorded: another launch has taken over. `reason` is the diagnostic that authors see. */
  refuse(reason: string): void {
    this.#refused = true;
    this.api.refuse(reason);
  }

  /** The instance as it stands. */
  state(): Instance2004State {
    return this.#live.state(this.#seq);
  }

  #called(call: ApiCall): void {
    this.#seq += 1;
    this.#record(call);
    const { session } = this.#live;
    if (call.method !== "Terminate" || call.result !== "true" || session === undefined) return;
    this.#live.terminated(this.#seq, this.#environment().now);
    const next = navigationAfterTerminate(session.report().exit, session.navigationRequest(), this.wish);
    if (next !== undefined) this.navigate(next.type, "target" in next ? next.target : "");
  }
}
