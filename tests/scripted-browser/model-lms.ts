/** What a platform keeps of a learner in its database. */
export interface LmsRecord {
  /** Elements as they were when the platform last kept them. */
  kept: Record<string, string>;
  /** Seconds of all launches. */
  totalSeconds: number;
  launches: number;
}

/** How a platform answers a call; undefined: as it should. */
export type OddAnswer = (
  method: string,
  element: string,
) => { readonly value: unknown; readonly code?: string } | undefined;

/** One launch in the platform: its API, and what was asked of it. */
export interface LmsLaunch {
  /** Window with the API, around the package's page. */
  readonly window: object;
  /** Values that the page tried to set, whatever came of it. */
  readonly told: readonly (readonly [element: string, value: string])[];
  readonly finishes: () => number;
  /** Calls after the platform was finished. */
  readonly late: () => number;
  /** The page is gone; the platform counts the time that it kept. */
  end(): void;
}

/** A learner who was never here. */
export function newRecord(): LmsRecord {
  return { kept: {}, totalSeconds: 0, launches: 0 };
}

const READ_ONLY: Readonly<Record<string, string>> = { "cmi.core.student_name": "Silva, Ana" };
const SESSION_TIME = "cmi.core.session_time";

/**
 * A platform of SCORM 1.2 as its standard has it: what was set counts once it was kept, by Commit or Finish; what a page that dies had not
 * committed is lost.
 */
export function openLms(record: LmsRecord, learnerId: string, odd: OddAnswer): LmsLaunch {
  const values: Record<string, string> = { ...record.kept };
  delete values[SESSION_TIME];
  const told: [string, string][] = [];
  let [state, error, finishes, late] = ["new", "0", 0, 0];
  record.launches += 1;
  const keep = (): void => {
    record.kept = { ...values };
  };
  const answers: Record<string, (element: string, value: string) => string> = {
    LMSInitialize() {
      state = "open";
      return "true";
    },
    LMSGetValue(element) {
      if (element === "cmi.core.student_id") return learnerId;
      if (element === "cmi.core.entry") return entryOf(record);
      if (element === "cmi.core.total_time") return timeText(record.totalSeconds);
      if (element === "cmi.core.lesson_status") return values[element] ?? "not attempted";
      return READ_ONLY[element] ?? values[element] ?? "";
    },
    LMSSetValue(element, value) {
      values[element] = value;
      return "true";
    },
    LMSCommit() {
      keep();
      return "true";
    },
    LMSFinish() {
      keep();
      finishes += 1;
      state = "finished";
      return "true";
    },
  };
  const call = (method: string) => {
    return (element = "", value = ""): unknown => {
      if (state === "finished") late += 1;
      if (method === "LMSSetValue") told.push([element, value]);
      const strange = odd(method, element);
      error = strange?.code ?? "0";
      if (strange) return strange.value;
      const closed = method === "LMSInitialize" ? state === "open" : state !== "open";
      if (closed) {
        error = method === "LMSInitialize" ? "101" : "301";
        return method === "LMSGetValue" ? "" : "false";
      }
      return answers[method]?.(element, value);
    };
  };
  const api = {
    ...Object.fromEntries(Object.keys(answers).map((method) => [method, call(method)])),
    LMSGetLastError: () => error,
    LMSGetErrorString: (code: string) => `Error ${code}`,
  };
  const window: Record<string, unknown> = { API: api };
  window.parent = window;
  return {
    window,
    told,
    finishes: () => finishes,
    late: () => late,
    end() {
      record.totalSeconds += secondsOf(record.kept[SESSION_TIME] ?? "");
      delete record.kept[SESSION_TIME];
    },
  };
}

function entryOf({ kept, totalSeconds }: LmsRecord): string {
  if (Object.keys(kept).length === 0 && totalSeconds === 0) return "ab-initio";
  return kept["cmi.core.exit"] === "suspend" ? "resume" : "";
}

function timeText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / 3_600)).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function secondsOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(":").map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
}
