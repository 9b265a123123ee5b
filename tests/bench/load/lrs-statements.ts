import { randomUUID } from "node:crypto";

/** What statements are made of: learners, courses with assignable units, verbs. */
export const LEARNERS = 5000;
export const COURSES = 30;
export const UNITS = 330;
export const REGISTRATIONS = 50_000;
export const VERBS = ["launched", "initialized", "completed", "passed", "failed", "abandoned", "waived", "terminated"];

export const learnerAccount = (learner: number) => ({
  homePage: "https://lms.example.com",
  name: `learner-${learner}`,
});
export const verbIri = (verb: number): string => `http://adlnet.gov/expapi/verbs/${VERBS[verb]}`;
export const courseIri = (course: number): string => `https://courses.example.com/course/${course}`;
export const unitIri = (unit: number): string => `https://courses.example.com/course/${unit % COURSES}/unit/${unit}`;
export const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
export const registrationId = (registration: number): string =>
  `00000000-0000-4000-8000-${String(registration).padStart(12, "0")}`;

const pick = (count: number): number => Math.floor(Math.random() * count);

/** A statement such as cmi5 courses make, about 1.4 kB, of anybody about anything. */
export function courseStatement(id: string = randomUUID()): string {
  const [learner, unit, verb] = [pick(LEARNERS), pick(UNITS), pick(VERBS.length)];
  return JSON.stringify({
    id,
    timestamp: new Date().toISOString(),
    actor: { objectType: "Agent", name: `Learner Number ${learner}`, account: learnerAccount(learner) },
    verb: { id: verbIri(verb), display: { "en-US": VERBS[verb] } },
    object: {
      id: unitIri(unit),
      objectType: "Activity",
      definition: {
        type: "http://adlnet.gov/expapi/activities/lesson",
        name: { "en-US": `Unit ${unit}: how to be safe at work`, "de-DE": `Einheit ${unit}: sicher arbeiten` },
        description: { "en-US": `What everybody has to know about unit ${unit} before the first day on the floor.` },
      },
    },
    result: {
      completion: true,
      success: true,
      duration: "PT12M34.5S",
      score: { scaled: 0.87, raw: 87, min: 0, max: 100 },
    },
    context: {
      registration: registrationId(pick(REGISTRATIONS)),
      language: "en-US",
      platform: "Coursemesh",
      contextActivities: {
        parent: [{ id: courseIri(unit % COURSES), objectType: "Activity" }],
        grouping: [{ id: `${courseIri(unit % COURSES)}/edition/1`, objectType: "Activity" }],
        category: [{ id: CATEGORY, objectType: "Activity" }],
      },
      extensions: { "https://w3id.org/xapi/cmi5/context/extensions/sessionid": randomUUID() },
    },
  });
}

/** Distinct statements to take ids away from. */
const SAMPLES = 20_000;

/** Makes statements of samples with ids of their own: who measures a server must not spend more than the server. */
export function statementSamples(): () => string {
  const samples = Array.from({ length: SAMPLES }, () => courseStatement("@").split('"@"'));
  let next = 0;
  return () => {
    const [head = "", tail = ""] = samples[next++ % SAMPLES] ?? [];
    return `${head}"${randomUUID()}"${tail}`;
  };
}
