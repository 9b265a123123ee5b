import type { CourseResult } from "@coursemesh/scorm/course/roll-up.ts";
import { foldJournal2004 } from "@coursemesh/scorm/instance2004/fold-journal.ts";
import type { Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import { preparedCourse } from "@coursemesh/scorm/instance2004/prepared-course.ts";
import { Scorm2004Api } from "@coursemesh/scorm/instance2004/scorm2004-api.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { Environment } from "@coursemesh/scorm/sequencing/draft.ts";
import type { ContentsEntry } from "../contents/contents-entry.ts";
import type { JournalQueue } from "../journal/journal-queue.ts";
import type { JournalReceipt } from "../protocol/launch-api.ts";
import type { Scorm2004Launch } from "../protocol/opened-launch.ts";
import type { CourseControls, CourseSession, OfferedApi } from "../session/course-session.ts";
import type { SessionParts } from "../session/session-parts.ts";
import type { LearnerRequest, Turn } from "../session/turn.ts";
import type { PlayerSettings } from "../settings.ts";
import { exceptionReason } from "./exception-reason.ts";
import { Outlook } from "./outlook.ts";
import { sequenceHere } from "./sequence-here.ts";

/** Milliseconds between questions for an answer that the server does not have yet. */
const askAgainEvery = 2_000;

const environment = (): Environment => ({ now: Date.now(), random: Math.random });

/**
 * A launch of a SCORM 2004 course. What comes next, the server decides: a request goes into the journal, and its answer comes with the
 * journal's. What could be asked for is worked out here, at once, by the same rules.
 */
export class Scorm2004Session implements CourseSession {
  readonly opened: Scorm2004Launch;
  readonly settings: PlayerSettings;
  readonly api: OfferedApi;
  readonly queue: JournalQueue;
  readonly secondsBefore: number;
  readonly reviewing: boolean;
  readonly hasContents: boolean;
  readonly #api: Scorm2004Api;
  readonly #parts: SessionParts;
  /** While the learner's own request is carried out, what content asks for is part of it. */
  #asking = false;
  #outlook: Outlook | undefined;
  #answered: (() => void)[] = [];
  #askAgain: ReturnType<typeof setInterval> | undefined;

  constructor(opened: Scorm2004Launch, parts: SessionParts) {
    const { outline, context, acknowledgedSeq } = opened;
    this.opened = opened;
    this.settings = parts.settings;
    this.queue = parts.queue;
    this.#parts = parts;
    this.reviewing = context.mode === "review";
    const own = foldJournal2004(outline, context, opened.state, [], []).state;
    const { state } = foldJournal2004(outline, context, { ...own, seq: acknowledgedSeq }, parts.unsent, []);
    this.#api = new Scorm2004Api(outline, context, state, (call) => this.#called(call), environment);
    this.api = { name: "API_1484_11", object: this.#api.api };
    this.secondsBefore = this.result().totalSeconds;
    this.hasContents = preparedCourse(outline).activities.filter(({ children }) => children.length === 0).length > 1;
  }

  get activity(): string {
    return this.#api.current;
  }

  get partFinished(): boolean {
    return !this.#asking && this.#api.phase === "terminated";
  }

  titleOf(activity: string): string {
    return this.#definition(activity)?.title ?? "";
  }

  addressOf(activity: string): string {
    return this.#parts.addressOf(this.#definition(activity)?.resource?.href ?? "");
  }

  async begin(again: boolean): Promise<Turn | undefined> {
    this.#asking = true;
    const turn = await this.#goOn(again);
    this.#asking = false;
    return turn;
  }

  may(request: LearnerRequest): boolean {
    if (this.#api.waiting) return false;
    switch (request.type) {
      case "choice":
        return this.#look().valid.choice(request.target);
      case "closed":
      case "goOn":
        return true;
      default:
        // Nothing is lost by leaving a review.
        if (this.reviewing && this.#look().valid.request(request.type)) return true;
        return this.controls()[request.type] === "enabled";
    }
  }

  async request(request: LearnerRequest, unload: () => Promise<boolean>): Promise<Turn | undefined> {
    this.#asking = true;
    if (request.type !== "closed" && request.type !== "goOn") this.#api.wish = request;
    const alive = await unload();
    const turn = !alive ? undefined : request.type === "goOn" ? await this.#goOn(true) : await this.#carryOut(request);
    this.#asking = false;
    return turn;
  }

  contents(): readonly ContentsEntry[] {
    return this.hasContents ? this.#look().contents() : [];
  }

  controls(): CourseControls {
    return this.#look().controls();
  }

  result(): CourseResult {
    return this.#look().result();
  }

  refuse(reason: string): void {
    clearInterval(this.#askAgain);
    this.#api.refuse(reason);
  }

  /** The server has taken an append, perhaps with an answer. */
  onReceipt({ answer }: JournalReceipt): void {
    if (answer !== undefined) this.#api.take(answer);
    this.#settle();
  }

  /** Unloading content may have asked already, by its Terminate. */
  async #carryOut(request: Exclude<LearnerRequest, { readonly type: "goOn" }>): Promise<Turn | undefined> {
    if (!this.#api.waiting) this.#api.navigate(request.type, request.type === "choice" ? request.target : "");
    await this.#answer();
    return this.#turn();
  }

  /**
   * Shows what was delivered and not begun. What was begun before this page was loaded is suspended and resumed, so that the rules see it as
   * what it is; an ended course is begun anew only when the learner asks.
   */
  async #goOn(again: boolean): Promise<Turn | undefined> {
    if (this.#api.waiting) await this.#answer();
    if (this.#api.phase === "opened") return { kind: "deliver" };
    if (this.#api.current !== "") await this.#ask("closed");
    const { status } = this.#api.answer ?? { status: "ended" };
    if (status === "suspended") await this.#ask("resumeAll");
    else if (status === "ended" && again) await this.#ask("start");
    const only = this.#onlyChoice();
    if (only !== undefined) await this.#ask("choice", only);
    return this.#turn();
  }

  /** A course of one activity that waits for a choice has no contents to choose from: the choice is made. */
  #onlyChoice(): string | undefined {
    if (this.hasContents || this.#api.answer?.status !== "waiting") return undefined;
    const leaf = preparedCourse(this.opened.outline).activities.find(({ children }) => children.length === 0);
    return leaf !== undefined && this.#look().valid.choice(leaf.identifier) ? leaf.identifier : undefined;
  }

  async #ask(element: string, target = ""): Promise<void> {
    this.#api.navigate(element, target);
    await this.#answer();
  }

  #turn(): Turn {
    const { answer, current } = this.#api;
    if (answer === undefined) return { kind: "nothing", reason: { kind: "unknown" } };
    const reason = { kind: exceptionReason(answer.exception) };
    // A beginning that delivers nothing leaves nothing to go back to: learners choose.
    if (!answer.accepted && answer.status === "waiting" && current === "") return { kind: "nothing", reason };
    if (!answer.accepted) return { kind: "refused", reason };
    if (answer.status === "suspended" || answer.status === "ended") return { kind: "left", how: answer.status };
    return answer.status === "active" && current !== "" ? { kind: "deliver" } : { kind: "nothing", reason };
  }

  /** Resolves when no request waits for its answer. */
  #answer(): Promise<void> {
    if (this.reviewing) this.#answerHere();
    if (!this.#api.waiting) return Promise.resolve();
    if (this.queue.status.acknowledged === this.queue.status.recorded) this.queue.check();
    else this.queue.flush();
    clearInterval(this.#askAgain);
    this.#askAgain = setInterval(() => this.#checkAgain(), askAgainEvery);
    return new Promise((resolve) => this.#answered.push(resolve));
  }

  /** A server that has the request and no answer yet is asked again; a network that is away is the journal's business. */
  #checkAgain(): void {
    const { trouble, acknowledged, recorded } = this.queue.status;
    if (trouble === "none" && acknowledged === recorded) this.queue.check();
  }

  #answerHere(): void {
    const answer = sequenceHere(this.opened.outline, this.#api.state(), environment());
    if (answer !== undefined) this.#api.take(answer);
  }

  #settle(): void {
    if (this.#api.waiting) return;
    clearInterval(this.#askAgain);
    for (const resolve of this.#answered.splice(0)) resolve();
  }

  #called(call: Omit<JournalCall, "seq" | "at">): void {
    const { queue, events } = this.#parts;
    if (!this.reviewing) queue.record(call);
    events.onCall(call.method);
    if (call.method === "Navigate" && !this.#asking) events.onTurn(this.#answer().then(() => this.#turn()));
  }

  /** What the learner sees, as things stand. */
  #look(): Outlook {
    const state: Instance2004State = this.#api.state();
    if (!this.#outlook?.shows(state)) this.#outlook = new Outlook(this.opened.outline, state, environment());
    return this.#outlook;
  }

  #definition(activity: string) {
    return preparedCourse(this.opened.outline).byIdentifier.get(activity)?.definition;
  }
}
