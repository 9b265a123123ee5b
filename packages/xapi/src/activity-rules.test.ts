import { INTERACTION_TYPES } from "./interaction-type.ts";
import { type Change, describeRequirements } from "./testing/describe-requirements.ts";
import { anonymousTeam, learner, question, REMOVED } from "./testing/example-statement.ts";

const lists = [
  ["XAPI-00055", "choices"],
  ["XAPI-00054", "scale"],
  ["XAPI-00053", "source"],
  ["XAPI-00052", "target"],
  ["XAPI-00051", "steps"],
] as const;
const definition = "object.definition";
const ref = { objectType: "StatementRef", id: "16fd2706-8baf-433b-82eb-8c7fada847da" };

describeRequirements("objects", [
  {
    id: "XAPI-00046",
    says: "an object is an activity, agent, group, statement reference or sub-statement",
    refuses: [
      ["object.objectType", "Course"],
      ["object.objectType", 1],
      ["object", "course"],
      ["object", [question]],
    ],
  },
  {
    id: "XAPI-00047",
    says: "an activity has an id that is an IRI",
    takes: [
      ["object.objectType", REMOVED],
      ["object.id", "urn:isbn:9783161484100"],
      ["object.id", "https://例え.example/コース"],
    ],
    refuses: [
      ["object.id", REMOVED],
      ["object.id", "course"],
      ["object.id", 1],
      ["object.id", "https://example.com/a b"],
    ],
  },
  {
    id: "XAPI-00048",
    says: "a definition is an object, empty if need be",
    takes: [
      [definition, {}],
      [definition, REMOVED],
    ],
    refuses: [
      [definition, "x"],
      [definition, []],
    ],
  },
  {
    id: "XAPI-00049",
    says: "interactionType is one of ten words",
    takes: INTERACTION_TYPES.map((type): Change => [`${definition}.interactionType`, type]),
    refuses: ["essay", "https://example.com/choice", 1, {}].map(
      (type): Change => [`${definition}.interactionType`, type],
    ),
  },
  {
    id: "XAPI-00050",
    says: "correctResponsesPattern is an array of texts",
    takes: [
      [`${definition}.correctResponsesPattern`, []],
      [`${definition}.correctResponsesPattern`, ["a", ""]],
    ],
    refuses: [
      [`${definition}.correctResponsesPattern`, "a"],
      [`${definition}.correctResponsesPattern.0`, 1],
    ],
  },
  ...lists.map(([id, list]) => ({
    id,
    says: `${list} is an array of interaction components`,
    takes: [
      [`${definition}.${list}`, []],
      [`${definition}.${list}`, [{ id: "a" }, { id: "A" }]],
    ] satisfies Change[],
    refuses: [
      [`${definition}.${list}`, "a"],
      [`${definition}.${list}`, { id: "a" }],
    ] satisfies Change[],
  })),
  {
    id: "XAPI-00058",
    says: "a component has an id, which is a text and used once",
    refuses: lists.flatMap(([, list]): Change[] => [
      [`${definition}.${list}`, [{ description: { en: "x" } }], { at: `$.${definition}.${list}[0]` }],
      [`${definition}.${list}`, [{ id: 1 }], { at: `$.${definition}.${list}[0].id` }],
      [`${definition}.${list}`, [{ id: "a" }, { id: "b" }, { id: "a" }], { at: `$.${definition}.${list}[2].id` }],
    ]),
  },
  {
    id: "XAPI-00062",
    says: "a component's description is a language map",
    refuses: [
      [`${definition}.choices.0.description`, "x"],
      [`${definition}.choices.0.description`, 1],
    ],
  },
  {
    id: "XAPI-00063",
    says: "a component is an object",
    refuses: [
      [`${definition}.choices.0`, "a"],
      [`${definition}.choices.0`, []],
    ],
  },
  {
    id: "XAPI-00064",
    says: "what describes an interaction needs interactionType",
    refuses: ["correctResponsesPattern", ...lists.map(([, list]) => list)].map(
      (key): Change => [definition, { [key]: [] }],
    ),
  },
  {
    id: "XAPI-00056",
    says: "a name is a language map",
    refuses: [
      [`${definition}.name`, "x"],
      [`${definition}.name`, 1],
      [`${definition}.name.en`, {}],
    ],
  },
  {
    id: "XAPI-00059",
    says: "a description is a language map",
    refuses: [
      [`${definition}.description`, "x"],
      [`${definition}.description`, 1],
    ],
  },
  {
    id: "XAPI-00060",
    says: "a type is an IRI",
    refuses: [
      [`${definition}.type`, "course"],
      [`${definition}.type`, 1],
    ],
  },
  {
    id: "XAPI-00061",
    says: "moreInfo is an IRL",
    refuses: [
      [`${definition}.moreInfo`, "about"],
      [`${definition}.moreInfo`, {}],
    ],
  },
  {
    id: "XAPI-00057",
    says: "a definition's extensions are an object",
    takes: [[`${definition}.extensions`, {}]],
    refuses: [
      [`${definition}.extensions`, "x"],
      [`${definition}.extensions`, []],
    ],
  },
]);

describeRequirements("statement references", [
  {
    id: "XAPI-00072",
    says: "a reference has an id that is a UUID",
    refuses: [
      ["context.statement.id", REMOVED],
      ["context.statement.id", "x"],
      ["context.statement.id", 1],
      ["object", { objectType: "StatementRef", id: "x" }, { at: "$.object.id" }],
    ],
  },
  {
    id: "XAPI-00073",
    says: "a reference says what it is",
    refuses: [
      ["context.statement.objectType", REMOVED],
      ["context.statement.objectType", "Statement"],
    ],
  },
  {
    id: "XAPI-00092",
    says: "context.statement is a reference",
    refuses: [
      ["context.statement", "x"],
      ["context.statement", []],
    ],
  },
  {
    id: "XAPI-00084",
    says: "a revision is for statements about an activity only",
    refuses: [ref, { ...learner, objectType: "Agent" }, anonymousTeam].map(
      (object): Change => ["object", object, { at: "$.context.revision" }],
    ),
  },
  {
    id: "XAPI-00085",
    says: "a platform is for statements about an activity only",
    refuses: [ref, { ...learner, objectType: "Agent" }, anonymousTeam].map(
      (object): Change => ["object", object, { at: "$.context.platform" }],
    ),
  },
]);
