import type { Activity, Agent, Group, Statement } from "../statement.ts";

export const learner: Agent = {
  objectType: "Agent",
  name: "Ada Example",
  account: { homePage: "https://lms.example.com", name: "learner-1" },
};
export const teacher: Agent = { mbox: "mailto:teacher@example.com" };
export const anonymousTeam: Group = { objectType: "Group", member: [learner, teacher] };
export const identifiedTeam: Group = { objectType: "Group", mbox: "mailto:team@example.com" };

export const question: Activity = {
  objectType: "Activity",
  id: "https://course.example.com/question/1",
  definition: {
    name: { "en-US": "Which one?" },
    description: { de: "Welches?" },
    type: "http://adlnet.gov/expapi/activities/cmi.interaction",
    moreInfo: "https://course.example.com/question/1/about",
    interactionType: "choice",
    correctResponsesPattern: ["a[,]b"],
    choices: [{ id: "a", description: { en: "This" } }, { id: "b" }],
    extensions: { "https://example.com/extension": null },
  },
};

/** A statement that has every property both versions know. */
export const fullStatement: Statement = {
  id: "7ccd3322-e1a5-411a-a67d-6a735c76f119",
  actor: learner,
  verb: { id: "http://adlnet.gov/expapi/verbs/answered", display: { en: "answered" } },
  object: question,
  result: {
    score: { scaled: 0.5, raw: 5, min: 0, max: 10 },
    success: true,
    completion: false,
    response: "a[,]b",
    duration: "PT1M30.5S",
    extensions: { "https://example.com/extension": { deep: [null, {}] } },
  },
  context: {
    registration: "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
    instructor: teacher,
    team: anonymousTeam,
    contextActivities: {
      parent: [{ id: "https://course.example.com" }],
      grouping: { id: "https://course.example.com/programme" },
      category: [{ id: "https://w3id.org/xapi/scorm" }],
      other: [{ id: "https://course.example.com/other" }],
    },
    revision: "3",
    platform: "Example",
    language: "en-GB",
    statement: { objectType: "StatementRef", id: "16fd2706-8baf-433b-82eb-8c7fada847da" },
    extensions: { "https://example.com/extension": "" },
  },
  timestamp: "2026-11-20T13:45:12.123Z",
  stored: "2026-11-20T13:45:13.456Z",
  authority: { account: { homePage: "https://lms.example.com", name: "key-1" } },
  version: "1.0.3",
  attachments: [
    {
      usageType: "https://example.com/certificate",
      display: { en: "Certificate" },
      description: { en: "What it shows" },
      contentType: "text/plain; charset=utf-8",
      length: 27,
      sha2: "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a",
      fileUrl: "https://example.com/certificate.txt",
    },
  ],
};

/** Says that `changed` takes a property away. */
export const REMOVED = Symbol("removed");

/** A copy of some JSON with one place changed, which a path such as `context.team.member.0` names. */
export function changed(json: unknown, path: string, value: unknown): unknown {
  const copy = structuredCopy(json) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let place = copy;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (value === REMOVED) delete place[last];
  else place[last] = value;
  return copy;
}

const structuredCopy = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

/** The same as a sub-statement: without the properties only a statement has, and told by someone else. */
export function asSubStatement(statement: unknown): unknown {
  const { id, stored, authority, version, ...told } = statement as Record<string, unknown>;
  return {
    actor: teacher,
    verb: { id: "http://adlnet.gov/expapi/verbs/planned" },
    object: { objectType: "SubStatement", ...told },
  };
}
