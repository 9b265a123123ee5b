import type { SharedData } from "../../cmi2004/shared-data.ts";
import type { CourseOutline } from "../../course/course-outline.ts";
import type { Effect } from "../../sequencing/effect.ts";
import { openSession, saveSession } from "../../sequencing/session.ts";
import { step } from "../../sequencing/step.ts";
import type { UnansweredStep } from "../instance-state.ts";
import { preparedCourse } from "../prepared-course.ts";
import type { SequencingAnswer, SequencingStatus } from "../sequencing-answer.ts";

/** Stands for the sequencing service: one learner's way through one course. The same step has the same answer, however often it is asked. */
export class TestSequencer {
  readonly answers: SequencingAnswer[] = [];
  readonly #course;
  #session;
  #status: SequencingStatus = "waiting";
  #shared: SharedData = {};

  constructor(outline: CourseOutline) {
    this.#course = preparedCourse(outline);
    this.#session = openSession(this.#course);
  }

  ask(launch: string, asked: UnansweredStep): SequencingAnswer {
    const known = this.answers.find((answer) => answer.launch === launch && answer.seq === asked.seq);
    if (known !== undefined) return known;
    const environment = { now: asked.at, random: () => 0 };
    const resumes = asked.navigation?.type === "start" && this.#session.suspendedActivity !== undefined;
    const navigation = resumes ? ({ type: "resumeAll" } as const) : asked.navigation;
    const result = step(
      this.#session,
      { ...(asked.report && { report: asked.report }), ...(navigation && { navigation }) },
      environment,
    );
    this.#session = result.session;
    this.#shared = asked.shared ?? this.#shared;
    const [effect] = result.effects;
    const exception = effect !== undefined && "exception" in effect ? (effect.exception ?? "") : "";
    this.#status = statusAfter(this.#status, effect);
    const answer: SequencingAnswer = {
      launch,
      seq: asked.seq,
      accepted: exception === "",
      exception,
      status: this.#status,
      ...(effect?.type === "deliver" && { delivery: effect.delivery }),
      shared: this.#shared,
      state: saveSession(this.#session),
      stateHash: "",
      revision: this.answers.length + 1,
    };
    // As it comes over the wire.
    this.answers.push(JSON.parse(JSON.stringify(answer)));
    return this.ask(launch, asked);
  }
}

function statusAfter(before: SequencingStatus, effect: Effect | undefined): SequencingStatus {
  if (effect?.type === "deliver") return "active";
  if (effect?.type === "nothing") return "waiting";
  if (effect?.type === "endSession") return effect.how === "suspended" ? "suspended" : "ended";
  return before;
}
