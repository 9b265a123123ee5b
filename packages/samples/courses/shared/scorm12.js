import { announce, findApi } from "./find-api.js";

/**
 * A SCO's side of the SCORM 1.2 run-time: keeps one session from LMSInitialize to LMSFinish. Without an LMS everything works, nothing is kept.
 */
const started = Date.now();

/** A time span as CMITimespan, HHHH:MM:SS.SS. */
function timespan(milliseconds) {
  const hundredths = Math.round(milliseconds / 10);
  const two = (value) => String(value).padStart(2, "0");
  const seconds = Math.floor(hundredths / 100);
  const hours = String(Math.floor(seconds / 3600)).padStart(4, "0");
  return `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`;
}

/** The time of day as CMITime, HH:MM:SS. */
function timeOfDay(date = new Date()) {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

class Session {
  #api = findApi("API");
  #open = false;
  /** Called with false when the LMS refuses to save, and with true when it saves again. */
  onSaved = () => {};

  constructor() {
    this.#open = this.#api?.LMSInitialize("") === "true";
    if (this.#open && this.get("cmi.core.lesson_status") === "not attempted") {
      this.set("cmi.core.lesson_status", "incomplete");
    }
    window.addEventListener("pagehide", () => this.finish());
    window.addEventListener("beforeunload", () => this.save());
  }

  /** Whether an LMS listens. */
  get connected() {
    return this.#open;
  }

  get(element) {
    return this.#open ? this.#api.LMSGetValue(element) : "";
  }

  set(element, value) {
    return this.#open && this.#api.LMSSetValue(element, String(value)) === "true";
  }

  get place() {
    return this.get("cmi.core.lesson_location");
  }

  set place(place) {
    this.set("cmi.core.lesson_location", place);
  }

  get data() {
    return this.get("cmi.suspend_data");
  }

  set data(data) {
    this.set("cmi.suspend_data", data);
  }

  /** What has to be reached, in percent. */
  passingPercent(otherwise) {
    return Number(this.get("cmi.student_data.mastery_score") || otherwise);
  }

  /** Adds an interaction: a question, what was chosen, whether that was right, and since when it was on screen. */
  record({ id, type, right, chosen, correct, shownAt }) {
    const number = Number(this.get("cmi.interactions._count") || 0);
    const set = (name, value) => this.set(`cmi.interactions.${number}.${name}`, value);
    const pattern = (values) => (type === "choice" ? [...values].sort().join(",") : values[0]);
    set("id", id);
    set("type", type);
    set("time", timeOfDay(new Date(shownAt)));
    set("weighting", "1");
    set("correct_responses.0.pattern", pattern(right));
    set("student_response", pattern(chosen));
    set("result", correct ? "correct" : "wrong");
    set("latency", timespan(Date.now() - shownAt));
  }

  report({ percent, passed }) {
    this.set("cmi.core.score.min", "0");
    this.set("cmi.core.score.max", "100");
    this.set("cmi.core.score.raw", percent);
    this.set("cmi.core.lesson_status", passed ? "passed" : "failed");
  }

  complete() {
    this.set("cmi.core.lesson_status", "completed");
  }

  /** Takes a result back for another try. */
  reopen() {
    this.done = false;
    this.set("cmi.core.lesson_status", "incomplete");
  }

  /** Keeps what was set so far, with the time spent, and asks for this place at the next start unless the work is done. */
  save() {
    if (!this.#open) return;
    this.set("cmi.core.session_time", timespan(Date.now() - started));
    this.set("cmi.core.exit", this.done ? "" : "suspend");
    this.onSaved(this.#api.LMSCommit("") === "true");
  }

  /** Ends the session; safe to call twice. */
  finish() {
    if (!this.#open) return;
    this.save();
    this.#api.LMSFinish("");
    this.#open = false;
  }

  /** Set when nothing is left to come back to. */
  done = false;
}

/** Starts the session of this page. */
export function connect() {
  return announce(new Session());
}
