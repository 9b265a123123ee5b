import { type Change, describeRequirements } from "./testing/describe-requirements.ts";
import { anonymousTeam, identifiedTeam, learner, REMOVED, teacher } from "./testing/example-statement.ts";

const relations = ["parent", "grouping", "category", "other"];
const contextAgent = { objectType: "contextAgent", agent: teacher, relevantTypes: ["https://example.com/types/coach"] };
const contextGroup = { objectType: "contextGroup", group: identifiedTeam };
const types = (relevantTypes: unknown) => ["context.contextAgents", [{ ...contextAgent, relevantTypes }]] as const;

describeRequirements("contexts", [
  {
    id: "XAPI-00087-1",
    says: "registration is a UUID",
    takes: [["context.registration", REMOVED]],
    refuses: [
      ["context.registration", "x"],
      ["context.registration", 1],
    ],
  },
  {
    id: "XAPI-00087-2",
    says: "an instructor is an agent or a group",
    takes: [
      ["context.instructor", anonymousTeam],
      ["context.instructor", identifiedTeam],
    ],
    refuses: [
      ["context.instructor", "x"],
      ["context.instructor", {}, { id: "XAPI-00034" }],
    ],
  },
  {
    id: "XAPI-00088",
    says: "a team is a group",
    takes: [["context.team", identifiedTeam]],
    refuses: [
      ["context.team", "x"],
      ["context.team", { ...learner }, { id: "XAPI-00031", at: "$.context.team.objectType" }],
      ["context.team", { mbox: "mailto:team@example.com" }, { id: "XAPI-00031" }],
    ],
  },
  {
    id: "XAPI-00089",
    says: "a revision is a text",
    refuses: [
      ["context.revision", 1],
      ["context.revision", {}],
    ],
  },
  {
    id: "XAPI-00090",
    says: "a platform is a text",
    refuses: [
      ["context.platform", 1],
      ["context.platform", {}],
    ],
  },
  {
    id: "XAPI-00091",
    says: "a language is an RFC 5646 tag",
    takes: ["de", "zh-Hant-TW", "sr-Latn", "de-CH-1996", "x-private", "i-klingon"].map(
      (tag): Change => ["context.language", tag],
    ),
    refuses: ["german language", "en_US", "a", "en-", 1].map((tag): Change => ["context.language", tag]),
  },
  {
    id: "XAPI-00086",
    says: "contextActivities is an object, empty if need be",
    takes: [["context.contextActivities", {}]],
    refuses: [
      ["context.contextActivities", "x"],
      ["context.contextActivities", []],
    ],
  },
  {
    id: "XAPI-00093",
    says: "contextActivities has parent, grouping, category and other only",
    refuses: [
      ["context.contextActivities.child", []],
      ["context.contextActivities.Parent", [], { id: "XAPI-00008" }],
    ],
  },
  {
    id: "XAPI-00094",
    says: "a context activity is an activity or an array of activities",
    takes: relations.flatMap((relation): Change[] => [
      [`context.contextActivities.${relation}`, { id: "https://example.com/1" }],
      [`context.contextActivities.${relation}`, []],
    ]),
    refuses: relations.flatMap((relation): Change[] => [
      [`context.contextActivities.${relation}`, "https://example.com/1"],
      [`context.contextActivities.${relation}`, {}, { id: "XAPI-00047" }],
      [`context.contextActivities.${relation}`, ["x"], { at: `$.context.contextActivities.${relation}[0]` }],
      [
        `context.contextActivities.${relation}`,
        [learner],
        { id: "XAPI-00046", at: `$.context.contextActivities.${relation}[0].objectType` },
      ],
    ]),
  },
  {
    id: "XAPI-00120",
    says: "a context's extensions are an object",
    refuses: [
      ["context.extensions", "x"],
      ["context.extensions", ["x"]],
    ],
  },
  {
    id: "XAPI-00010",
    says: "contextAgents and contextGroups came with 2.0",
    versions: ["1.0.3"],
    refuses: [
      ["context.contextAgents", [contextAgent]],
      ["context.contextGroups", [contextGroup]],
    ],
  },
]);

describeRequirements("context agents and groups", [
  {
    id: "context-agents",
    says: "contextAgents is an array of contextAgent objects",
    versions: ["2.0.0"],
    takes: [
      ["context.contextAgents", [contextAgent, { ...contextAgent, relevantTypes: ["tag:x,2026:y"] }]],
      ["context.contextAgents", []],
    ],
    refuses: [
      ["context.contextAgents", contextAgent],
      [
        "context.contextAgents",
        [{ ...contextAgent, objectType: "Agent" }],
        { at: "$.context.contextAgents[0].objectType" },
      ],
      ["context.contextAgents", [{ agent: teacher }], { at: "$.context.contextAgents[0]" }],
      ["context.contextAgents", [{ objectType: "contextAgent" }], { at: "$.context.contextAgents[0]" }],
      [
        "context.contextAgents",
        [{ ...contextAgent, agent: {} }],
        { id: "XAPI-00034", at: "$.context.contextAgents[0].agent" },
      ],
    ],
  },
  {
    id: "context-groups",
    says: "contextGroups is an array of contextGroup objects",
    versions: ["2.0.0"],
    takes: [["context.contextGroups", [contextGroup, { ...contextGroup, group: anonymousTeam }]]],
    refuses: [
      ["context.contextGroups", "x"],
      [
        "context.contextGroups",
        [{ ...contextGroup, objectType: "Group" }],
        { at: "$.context.contextGroups[0].objectType" },
      ],
      ["context.contextGroups", [{ ...contextGroup, group: "us" }], { at: "$.context.contextGroups[0].group" }],
      [
        "context.contextGroups",
        [{ ...contextGroup, group: teacher }],
        { id: "XAPI-00031", at: "$.context.contextGroups[0].group" },
      ],
    ],
  },
  {
    id: "context-relevant-types",
    says: "relevantTypes is an array of IRIs that is not empty",
    versions: ["2.0.0"],
    takes: [types(["https://example.com/types/coach"])],
    refuses: [
      [...types([]), { at: "$.context.contextAgents[0].relevantTypes" }],
      [...types("x"), { at: "$.context.contextAgents[0].relevantTypes" }],
      [...types(["coach"]), { at: "$.context.contextAgents[0].relevantTypes[0]" }],
    ],
  },
]);
