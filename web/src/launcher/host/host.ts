import type { HostResult, PendingResult } from "../../dispatch-protocol/host-result.ts";
import { betterResult } from "./better-result.ts";
import type { Dialect, ElementValue, HeldResult } from "./dialect.ts";
import { type HostAnswer, type HostCaller, isTaken } from "./host-call.ts";
import type { HostOptions } from "./host-options.ts";

/** The learner as the host names them. */
export interface HostLearner {
  /** Empty when the host names nobody. */
  readonly id: string;
  readonly name: string;
  /** BCP 47; empty when the host does not say. */
  readonly language: string;
}

/** Milliseconds that values wait for company before they are committed. */
const commitAfter = 400;
const longestToken = 200;

/**
 * The customer's LMS as the package's page sees it, in one of the two standards. Nothing it does makes this fail: each call becomes a
 * receipt, and what it did not take is told again at the next launch.
 */
export class Host {
  readonly #caller: HostCaller;
  readonly #dialect: Dialect;
  readonly #onCommitted: (sequence: number) => void;
  #held: HeldResult | undefined;
  #options: HostOptions | undefined;
  #baseSeconds = 0;
  /** Token that the host has, as far as it took it. */
  #token = "";
  #newest: PendingResult | undefined;
  /** Newest result whose values were set. */
  #set = 0;
  #dirty = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = false;
  #begun = false;
  /** The host took everything of the newest result so far. */
  #taken = true;

  /** `onCommitted` hears that a result was set and committed, whatever the host made of it. */
  constructor(caller: HostCaller, dialect: Dialect, onCommitted: (sequence: number) => void) {
    this.#caller = caller;
    this.#dialect = dialect;
    this.#onCommitted = onCommitted;
  }

  /** Begins. False when the host refuses, and does not name a learner either. */
  initialize(): boolean {
    const { outcome } = this.#caller.call({ kind: "initialize" });
    // Some hosts refuse or say nothing, and work.
    this.#open = isTaken(outcome) || this.#read(this.#dialect.elements.learnerId, true) !== "";
    return this.#open;
  }

  /** Whether calls can be made: begun and not finished. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Whether the host took all that it was told of the newest result. */
  get hasTaken(): boolean {
    return this.#taken && (this.#newest?.sequence ?? 0) <= this.#set;
  }

  learner(): HostLearner {
    const { learnerId, learnerName, language } = this.#dialect.elements;
    return {
      id: this.#read(learnerId, true),
      name: this.#read(learnerName, true),
      language: this.#read(language),
    };
  }

  /** What the host holds of earlier launches; asked once. */
  held(): HeldResult {
    this.#held ??= this.#readHeld();
    return this.#held;
  }

  /** The launch is admitted: keeps its token, and says that the learner has begun where nothing else was ever said. */
  begin(instanceToken: string, options: HostOptions): void {
    const held = this.held();
    this.#options = options;
    const isNewAttempt = held.freshEntry && held.instanceToken !== instanceToken;
    this.#baseSeconds = isNewAttempt ? 0 : (held.totalSeconds ?? 0);
    if (this.#token === "") this.#token = held.instanceToken;
    this.#keepToken(instanceToken);
    this.#sayBegun();
    this.commit();
  }

  /** Tells a result and commits it in a moment. Older ones than what was told are left alone. */
  tell(pending: PendingResult): void {
    if (!this.#open || pending.sequence <= this.#set) return;
    this.#newest = pending;
    this.#setNewest();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.commit(), commitAfter);
  }

  /** Commits what was set and is not committed. */
  commit(): void {
    clearTimeout(this.#timer);
    if (!this.#open || !this.#dirty) return;
    this.#dirty = false;
    this.#note(this.#caller.call({ kind: "commit", resultSequence: this.#set }), this.#set);
    if (this.#set > 0) this.#onCommitted(this.#set);
  }

  /**
   * Says the last there is to say and finishes, once. No question is asked on the way.
   * @param deliberate the learner left; otherwise the page just goes away.
   */
  finish(deliberate: boolean): void {
    if (!this.#open) return;
    this.#sayBegun();
    if (this.#newest !== undefined && this.#newest.sequence > this.#set) this.#setNewest();
    this.#setAll(this.#dialect.exitValues(this.#suspends(), deliberate), 0);
    this.commit();
    this.#open = false;
    this.#caller.call({ kind: "finish", resultSequence: this.#set });
  }

  /** Without it a host of SCORM 1.2 takes a page that leaves for a course that is completed. */
  #sayBegun(): void {
    if (this.#begun) return;
    this.#begun = true;
    const { completion, success } = this.held();
    const isUnsaid = success === "unknown" && completion !== "completed" && completion !== "incomplete";
    if (isUnsaid) this.#setAll(this.#dialect.begunValues, 0);
  }

  /**
   * Whether the learner goes on later: the host is asked to keep what it has, the token above all. So it is too when the launch was never
   * admitted.
   */
  #suspends(): boolean {
    if (this.#options?.suspendWhenIncomplete === false) return false;
    const newest = this.#newest === undefined ? this.#held : this.#toTell(this.#newest.result);
    return newest?.completion !== "completed";
  }

  #setNewest(): void {
    const pending = this.#newest;
    const options = this.#options;
    if (pending === undefined || options === undefined) return;
    const { location, sessionTime } = this.#dialect.elements;
    const result = this.#toTell(pending.result);
    const seconds = Math.max(0, result.totalSeconds - this.#baseSeconds);
    this.#set = pending.sequence;
    this.#taken = true;
    this.#keepToken(pending.instanceToken);
    this.#setAll(
      [
        ...this.#dialect.resultValues(result, options),
        ...(result.location === "" ? [] : [[location, result.location.slice(0, 255)] as const]),
        [sessionTime, this.#dialect.duration(seconds)],
      ],
      pending.sequence,
    );
  }

  #keepToken(token: string): void {
    if (token === "" || token === this.#token) return;
    const { suspendData: element } = this.#dialect.elements;
    this.#dirty = true;
    const { outcome } = this.#caller.call({ kind: "set", element, value: token });
    if (isTaken(outcome)) this.#token = token;
  }

  #toTell(result: HostResult): HostResult {
    return this.#options?.onlyImprove === true ? betterResult(this.held(), result) : result;
  }

  #setAll(values: readonly ElementValue[], resultSequence: number): void {
    for (const [element, value] of values) {
      this.#dirty = true;
      this.#note(this.#caller.call({ kind: "set", element, value, resultSequence }), resultSequence);
    }
  }

  #note({ outcome }: HostAnswer, resultSequence: number): void {
    if (resultSequence > 0 && !isTaken(outcome)) this.#taken = false;
  }

  #read(element: string, personal = false): string {
    const { value, outcome } = this.#caller.call({ kind: "get", element, personal });
    return isTaken(outcome) ? value : "";
  }

  #readHeld(): HeldResult {
    const { elements, heldStatus, seconds } = this.#dialect;
    const get = (element: string) => this.#read(element);
    const token = get(elements.suspendData);
    const number = (name: "scoreRaw" | "scoreMin" | "scoreMax", part: string) => {
      const text = get(`${elements.score}.${part}`).trim();
      const value = Number(text);
      return text !== "" && Number.isFinite(value) ? { [name]: value } : {};
    };
    return {
      ...heldStatus(get),
      ...number("scoreRaw", "raw"),
      ...number("scoreMin", "min"),
      ...number("scoreMax", "max"),
      totalSeconds: seconds(get(elements.totalTime)),
      location: get(elements.location),
      instanceToken: isToken(token) ? token : "",
      freshEntry: get(elements.entry) === "ab-initio",
    };
  }
}

/** What another package left in suspend_data is no token of ours. */
function isToken(text: string): boolean {
  return text.length <= longestToken && /^[A-Za-z0-9._~:-]+$/.test(text);
}
