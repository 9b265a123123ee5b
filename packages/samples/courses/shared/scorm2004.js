import { announce, findApi } from "./find-api.js";

/**
 * A SCO's side of the SCORM 2004 run-time: keeps one session from Initialize to Terminate, reports objectives by their ids and leaves the way
 * through the course to the LMS. Without an LMS everything works, nothing is kept.
 */
const started = Date.now();

/** A duration as timeinterval(second,10,2), in hundredths. */
function duration(milliseconds) {
  return `PT${(Math.round(milliseconds / 10) / 100).toFixed(2)}S`;
}

/** A point in time as time(second,10,0), in UTC to the hundredth. */
function pointInTime(date) {
  return date.toISOString().replace(/(\.\d\d)\d*Z$/, "$1Z");
}

/** A response or a pattern of an interaction. */
function response(type, values) {
  if (type === "true-false") return values[0] === "t" ? "true" : "false";
  return type === "choice" ? [...values].sort().join("[,]") : values[0];
}

class Session {
  #api = findApi("API_1484_11");
  #open = false;
  /** Called with false when the LMS refuses to save, and with true when it saves again. */
  onSaved = () => {};
  /** Set when nothing is left to come back to. */
  done = false;

  constructor() {
    this.#open = this.#api?.Initialize("") === "true";
    if (this.get("cmi.completion_status") === "unknown" || this.get("cmi.completion_status") === "not attempted") {
      this.set("cmi.completion_status", "incomplete");
    }
    window.addEventListener("pagehide", () => this.finish());
    window.addEventListener("beforeunload", () => this.save());
  }

  /** Whether an LMS listens. */
  get connected() {
    return this.#open;
  }

  get(element) {
    return this.#open ? this.#api.GetValue(element) : "";
  }

  set(element, value) {
    return this.#open && this.#api.SetValue(element, String(value)) === "true";
  }

  get place() {
    return this.get("cmi.location");
  }

  set place(place) {
    this.set("cmi.location", place);
  }

  get data() {
    return this.get("cmi.suspend_data");
  }

  set data(data) {
    this.set("cmi.suspend_data", data);
  }

  /** What has to be reached, in percent. */
  passingPercent(otherwise) {
    const scaled = this.get("cmi.scaled_passing_score");
    return scaled === "" ? otherwise : Number(scaled) * 100;
  }

  /** Adds an interaction: a question, what was chosen, whether that was right, and since when it was on screen. */
  record({ id, type, text, topic, right, chosen, correct, shownAt }) {
    const number = Number(this.get("cmi.interactions._count") || 0);
    const set = (name, value) => this.set(`cmi.interactions.${number}.${name}`, value);
    const pattern = response(type, right);
    set("id", id);
    set("type", type);
    if (topic) set("objectives.0.id", topic);
    set("timestamp", pointInTime(new Date(shownAt)));
    set("correct_responses.0.pattern", type === "numeric" ? `${pattern}[:]${pattern}` : pattern);
    set("weighting", "1");
    set("learner_response", response(type, chosen));
    set("result", correct ? "correct" : "incorrect");
    set("latency", duration(Date.now() - shownAt));
    set("description", text);
  }

  /** The result of a test: its own, that of the objective `course`, and that of each topic. */
  report({ percent, passed, topics }) {
    this.set("cmi.score.min", "0");
    this.set("cmi.score.max", "100");
    this.set("cmi.score.raw", percent);
    this.set("cmi.score.scaled", percent / 100);
    this.set("cmi.success_status", passed ? "passed" : "failed");
    for (const topic of topics) this.#reportObjective(topic.topic, topic);
    this.#reportObjective("course", { percent, passed });
    this.complete();
  }

  complete() {
    this.set("cmi.progress_measure", "1");
    this.set("cmi.completion_status", "completed");
  }

  /** Ends this activity and asks the LMS to go on; where nothing follows, the course is over. */
  goOn() {
    const follows = this.get("adl.nav.request_valid.continue") !== "false";
    this.set("adl.nav.request", follows ? "continue" : "exitAll");
    this.done = true;
    this.finish();
  }

  /** Keeps what was set so far, with the time spent, and asks for this place at the next start unless the work is done. */
  save() {
    if (!this.#open) return;
    this.set("cmi.session_time", duration(Date.now() - started));
    this.set("cmi.exit", this.done ? "normal" : "suspend");
    this.onSaved(this.#api.Commit("") === "true");
  }

  /** Ends the session; safe to call twice. */
  finish() {
    if (!this.#open) return;
    this.save();
    this.#api.Terminate("");
    this.#open = false;
  }

  /** The objective's place in the list is the LMS's choice; only its id is the course's. */
  #reportObjective(id, { percent, passed }) {
    const count = Number(this.get("cmi.objectives._count") || 0);
    const index = Array.from({ length: count }, (_, at) => this.get(`cmi.objectives.${at}.id`)).indexOf(id);
    if (index < 0) return;
    this.set(`cmi.objectives.${index}.score.scaled`, percent / 100);
    this.set(`cmi.objectives.${index}.success_status`, passed ? "passed" : "failed");
    this.set(`cmi.objectives.${index}.completion_status`, passed ? "completed" : "incomplete");
  }
}

/** Starts the session of this page. */
export function connect() {
  return announce(new Session());
}
