import { lenientPolicy } from "@coursemesh/scorm/cmi2004/policy.ts";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { foldJournal2004 } from "@coursemesh/scorm/instance2004/fold-journal.ts";
import { emptyInstance2004, type Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { Launch2004Context } from "@coursemesh/scorm/instance2004/launch-context.ts";
import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { JournalReceipt, LaunchApi } from "../../protocol/launch-api.ts";
import { LaunchError } from "../../protocol/launch-error.ts";
import type { Scorm2004Launch } from "../../protocol/opened-launch.ts";
import { sequenceHere } from "../sequence-here.ts";

type Sent = [number, string, JournalCall["method"], string, string, string, string];

/** The learning system of one launch in memory, over the real fold and the real core; its answers can be held back. */
export class FakeServer implements LaunchApi {
  readonly calls: JournalCall[] = [];
  readonly answers: SequencingAnswer[] = [];
  /** `silent`: the calls are kept and sequencing does not answer. `cut`: the network is away. `deaf`: the calls arrive, the reply does not. */
  mode: "up" | "silent" | "cut" | "deaf" = "up";
  closed = false;
  state: Instance2004State = emptyInstance2004;
  readonly #outline: CourseOutline;
  readonly #context: Launch2004Context;

  constructor(outline: CourseOutline, change: Partial<Launch2004Context> = {}) {
    this.#outline = outline;
    this.#context = {
      standard: "scorm2004",
      id: "L1",
      learnerId: "learner-1",
      learnerName: "Doe, Jane",
      mode: "normal",
      credit: "credit",
      policy: lenientPolicy,
      resumeAfterClosedWindow: true,
      ...change,
    };
  }

  open(): Promise<Scorm2004Launch> {
    if (this.calls.length === 0) this.#take([[0, "", "Navigate", "start", "", "true", "0"]]);
    return Promise.resolve({
      launch: { id: this.#context.id, registrationId: "R", instanceId: "I" },
      courseTitle: "A course",
      outline: this.#outline,
      context: this.#context,
      state: JSON.parse(JSON.stringify(this.state)) as Instance2004State,
      settings: {},
      acknowledgedSeq: this.calls.length,
      returnUrl: "",
      locale: "",
      organizationName: "",
    });
  }

  append(first: number, body: string): Promise<JournalReceipt> {
    if (this.mode === "cut") return Promise.reject(new LaunchError(0, "NETWORK", "cut"));
    const sent = (JSON.parse(body) as Sent[]).slice(this.calls.length + 1 - first);
    this.#take(sent);
    if (this.mode === "deaf") return Promise.reject(new LaunchError(0, "NETWORK", "the reply broke off"));
    const answer = this.answers.findLast(({ seq }) => seq >= first || sent.length === 0);
    return Promise.resolve({
      acknowledgedSeq: this.calls.length,
      ...(answer !== undefined && this.mode !== "silent" && { answer: JSON.parse(JSON.stringify(answer)) }),
    });
  }

  appendAndLeave(first: number, body: string): void {
    void this.append(first, body).catch(() => {});
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  #take(sent: readonly Sent[]): void {
    for (const [at, activity, method, element, value, result, error] of sent) {
      const call = { seq: this.calls.length + 1, at, activity, method, element, value, result, error };
      this.calls.push(call);
      this.#fold([call]);
    }
    if (this.mode !== "silent") this.#answer();
  }

  /** Also what has been waiting for an answer since sequencing was silent. */
  #answer(): void {
    const answer = sequenceHere(this.#outline, this.state, { now: 0, random: () => 0 });
    if (answer === undefined) return;
    this.answers.push(answer);
    this.#fold([]);
  }

  #fold(calls: readonly JournalCall[]): void {
    const own = this.state.launch === "" ? { ...this.state, launch: this.#context.id } : this.state;
    const { state, differences } = foldJournal2004(this.#outline, this.#context, own, calls, this.answers);
    if (differences.length > 0) throw new Error(`the server answers otherwise: ${JSON.stringify(differences)}`);
    this.state = state;
  }
}
