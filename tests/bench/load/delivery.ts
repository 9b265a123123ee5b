/** The activity that the courses of these benches have. */
export interface CallPlace {
  readonly activity: string;
}

/** One call as it travels. */
export function callOf({ activity }: CallPlace, element: string, value: string, method = "SetValue"): unknown[] {
  return [Date.now(), activity, method, element, value, "true", "0"];
}

/** What a page delivers first: it goes to the activity, and the activity says hello. */
export function firstDelivery(place: CallPlace): string {
  const navigate = callOf({ activity: "" }, "choice", place.activity, "Navigate");
  return JSON.stringify([navigate, callOf(place, "", "", "Initialize")]);
}

/** What a course says between two commits: where the learner is, what to remember, the time; now and then a better score, which is an event. */
export function delivery(place: CallPlace, size: number, seq: number): string {
  if (size === 1) return JSON.stringify([callOf(place, "cmi.core.lesson_location", `page-${seq}`)]);
  const calls = Array.from({ length: size - 1 }, (_, index) => {
    const element = ELEMENTS[index % ELEMENTS.length] ?? "";
    return callOf(place, element, valueFor(element, seq, index));
  });
  return JSON.stringify([...calls, callOf(place, "", "", "Commit")]);
}

const ELEMENTS = ["cmi.core.lesson_location", "cmi.suspend_data", "cmi.core.score.raw", "cmi.core.session_time"];

function valueFor(element: string, seq: number, index: number): string {
  if (element.endsWith("time")) return "00:01:02";
  return element.endsWith("raw") ? String(Math.floor(seq / 100) % 100) : String(seq + index);
}
