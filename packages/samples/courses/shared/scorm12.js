/**
 * A SCO's side of the SCORM 1.2 run-time: finds the API where the books say it is (parents first, then the window that
 * opened this one), and keeps one session from LMSInitialize to LMSFinish. Without an LMS everything works, nothing is kept.
 */
const MAX_PARENTS = 500;
const started = Date.now();

function apiIn(start) {
  let candidate = start;
  for (let step = 0; candidate && step < MAX_PARENTS; step += 1) {
    try {
      if (candidate.API) return candidate.API;
    } catch {
      return undefined;
    }
    if (candidate.parent === candidate) return undefined;
    candidate = candidate.parent;
  }
  return undefined;
}

function findApi() {
  return apiIn(window) ?? (window.top?.opener ? apiIn(window.top.opener) : undefined);
}

/** A time span as CMITimespan, HHHH:MM:SS.SS. */
export function timespan(milliseconds) {
  const hundredths = Math.round(milliseconds / 10);
  const two = (value) => String(value).padStart(2, "0");
  const seconds = Math.floor(hundredths / 100);
  const hours = String(Math.floor(seconds / 3600)).padStart(4, "0");
  return `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`;
}

/** The time of day as CMITime, HH:MM:SS. */
export function timeOfDay(date = new Date()) {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

class Session {
  #api = findApi();
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
  const session = new Session();
  const notice = document.querySelector("[data-connection]");
  if (notice && !session.connected) {
    notice.textContent = "No learning platform is listening, so your progress will not be kept.";
    notice.hidden = false;
  }
  if (notice) {
    session.onSaved = (saved) => {
      notice.textContent = saved ? "" : "Your learning platform could not save just now. It will be tried again.";
      notice.hidden = saved;
    };
  }
  return session;
}
