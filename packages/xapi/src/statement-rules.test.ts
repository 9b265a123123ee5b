import { describe, expect, it } from "vitest";
import { describeRequirements } from "./testing/describe-requirements.ts";
import {
  anonymousTeam,
  asSubStatement,
  changed,
  fullStatement,
  identifiedTeam,
  learner,
  REMOVED,
  teacher,
} from "./testing/example-statement.ts";
import { validateStatement } from "./validate-statement.ts";
import { VOIDED } from "./voiding.ts";

const ref = { objectType: "StatementRef", id: "16fd2706-8baf-433b-82eb-8c7fada847da" };
const properties = Object.keys(fullStatement);

describe("the examples", () => {
  it("are valid in both versions, as statement and as sub-statement", () => {
    for (const version of ["1.0.3", "2.0.0"] as const) {
      expect(validateStatement(fullStatement, version)).toEqual([]);
      expect(validateStatement(asSubStatement(fullStatement), version)).toEqual([]);
    }
  });
});

describeRequirements("a statement as a whole", [
  {
    id: "XAPI-00001",
    says: "refuses null anywhere outside extensions",
    refuses: [
      ...["actor", "verb", "object", "result", "context", "timestamp", "attachments"].map(
        (key) => [key, null] as const,
      ),
      ["actor.name", null],
      ["verb.display.en", null],
      ["object.definition", null],
      ["object.definition.choices.0.description", null],
      ["result.score.scaled", null],
      ["context.contextActivities.parent.0.id", null],
      ["attachments.0.fileUrl", null],
    ],
  },
  {
    id: "XAPI-00001",
    says: "refuses null in the properties only a statement has",
    statementOnly: true,
    refuses: ["id", "stored", "authority", "version"].map((key) => [key, null] as const),
  },
  { id: "XAPI-00003", says: "needs an actor", statementOnly: true, refuses: [["actor", REMOVED]] },
  { id: "XAPI-00004", says: "needs a verb", statementOnly: true, refuses: [["verb", REMOVED]] },
  { id: "XAPI-00005", says: "needs an object", statementOnly: true, refuses: [["object", REMOVED]] },
  {
    id: "XAPI-00006",
    says: "refuses the wrong data type",
    refuses: [
      ["result", "well", {}],
      ["result", [], {}],
      ["context", 1, {}],
      ["result.score.scaled", "0.5", { id: "XAPI-00083" }],
      ["result.score.raw", "5", { id: "XAPI-00082" }],
      ["result.success", "true", { id: "XAPI-00074" }],
      ["actor", "me", { id: "XAPI-00003" }],
    ],
  },
  {
    id: "XAPI-00007",
    says: "refuses the empty text where a form is required",
    refuses: [
      ["verb.id", "", { id: "XAPI-00044" }],
      ["object.id", "", { id: "XAPI-00047" }],
      ["context.registration", "", { id: "XAPI-00087-1" }],
      ["context.instructor", { mbox: "" }, { id: "XAPI-00038", at: "$.context.instructor.mbox" }],
      ["result.duration", "", { id: "XAPI-00077" }],
      ["timestamp", "", { id: "XAPI-00123" }],
      ["context.language", "", { id: "XAPI-00091" }],
    ],
  },
  {
    id: "XAPI-00008",
    says: "refuses keys in another case",
    statementOnly: true,
    refuses: [
      ...properties.map((key) => [key.toUpperCase(), "x"] as const),
      ["context.Registration", "x"],
      ["object.definition.interactiontype", "choice"],
      ["result.score.Raw", 1],
    ],
  },
  {
    id: "XAPI-00009",
    says: "refuses words of an enumeration in another case",
    refuses: [
      ["actor.objectType", "agent"],
      ["object.objectType", "activity"],
      ["context.team.objectType", "group"],
      ["context.statement.objectType", "Statementref"],
      ["object.definition.interactionType", "Choice"],
      ["object.definition.interactionType", "true-False"],
    ],
  },
  {
    id: "XAPI-00010",
    says: "refuses keys the specification does not name",
    refuses: [
      ["extensions", {}],
      ["actor.email", "x"],
      ["actor.member", [learner]],
      ["verb.name", "x"],
      ["object.definition.title", "x"],
      ["object.definition.choices.0.name", "x"],
      ["result.passed", true],
      ["result.score.percent", 1],
      ["context.course", "x"],
      ["context.contextActivities.parent.0.name", "x"],
      ["attachments.0.name", "x"],
    ],
  },
  {
    id: "XAPI-00011",
    says: "refuses IRIs and IRLs without a scheme",
    refuses: [
      ["verb.id", "example.com/verb", { id: "XAPI-00044" }],
      ["object.id", "/activity", { id: "XAPI-00047" }],
      ["object.definition.type", "question", { id: "XAPI-00060" }],
      ["object.definition.moreInfo", "example.com", { id: "XAPI-00061" }],
      ["attachments.0.usageType", "certificate", { id: "XAPI-00107" }],
      ["attachments.0.fileUrl", "//example.com/file", { id: "XAPI-00104" }],
    ],
  },
  {
    id: "XAPI-00022",
    says: "a timestamp is a text",
    refuses: [
      ["timestamp", 1],
      ["timestamp", {}],
    ],
    takes: [
      ["timestamp", REMOVED],
      ["timestamp", "2199-01-01T00:00:00Z"],
    ],
  },
  {
    id: "XAPI-00023",
    says: "stored is a timestamp, and taken when it comes in",
    statementOnly: true,
    takes: [
      ["stored", REMOVED],
      ["stored", "2013-05-18T05:32:34Z"],
    ],
    refuses: [
      ["stored", 12],
      ["stored", "yesterday", { id: "XAPI-00123" }],
    ],
  },
  {
    id: "XAPI-00024",
    says: "an authority is an agent or a group",
    statementOnly: true,
    takes: [
      ["authority", REMOVED],
      ["authority", teacher],
    ],
    refuses: [
      ["authority", "me"],
      ["authority.objectType", "Person", { id: "XAPI-00031" }],
    ],
  },
  {
    id: "XAPI-00098",
    says: "an authority that is a group is anonymous and has exactly two members",
    statementOnly: true,
    takes: [["authority", anonymousTeam]],
    refuses: [
      ["authority", identifiedTeam],
      ["authority", { ...identifiedTeam, member: [learner, teacher] }],
      ["authority", { objectType: "Group", member: [learner] }],
      ["authority", { objectType: "Group", member: [learner, teacher, learner] }],
    ],
  },
  {
    id: "XAPI-00027",
    says: "an id is a UUID in its standard form, in either case (XAPI-00028, XAPI-00029, XAPI-00030)",
    statementOnly: true,
    takes: [
      ["id", REMOVED],
      ["id", "7CCD3322-E1A5-411A-A67D-6A735C76F119"],
    ],
    refuses: [
      ["id", 12],
      ["id", {}],
      ["id", "7ccd3322-e1a5-411a-a67d-6a735c76f1199"],
      ["id", "7ccd3322-e1a5-411a-a67d-6a735c76f11g"],
      ["id", "7ccd3322e1a5411aa67d6a735c76f119"],
      ["id", "{7ccd3322-e1a5-411a-a67d-6a735c76f119}"],
    ],
  },
  {
    id: "XAPI-00044",
    says: "a verb has an id that is an IRI",
    takes: [["verb", { id: "tag:example.com,2026:répondu" }]],
    refuses: [
      ["verb.id", REMOVED],
      ["verb.id", "answered"],
      ["verb.id", 1],
      ["verb", "answered"],
    ],
  },
  {
    id: "XAPI-00045",
    says: "a verb's display is a language map",
    takes: [
      ["verb.display", REMOVED],
      ["verb.display", {}],
    ],
    refuses: [
      ["verb.display", "answered"],
      ["verb.display", 1],
      ["verb.display.en", 1],
    ],
  },
  {
    id: "XAPI-00101",
    says: "a statement names a version 1.0 or 1.0.x",
    statementOnly: true,
    takes: [
      ["version", REMOVED],
      ["version", "1.0"],
      ["version", "1.0.9"],
    ],
    refuses: [
      ["version", "1.1.0"],
      ["version", "0.9.9"],
      ["version", "1.0.3-rc"],
      ["version", 1],
    ],
  },
  {
    id: "XAPI-00101",
    says: "a statement of 2.0 is none of 1.0.3",
    versions: ["1.0.3"],
    statementOnly: true,
    refuses: [["version", "2.0.0"]],
  },
  {
    id: "XAPI-00332",
    says: "a statement names a version 2.0 or 2.0.x",
    versions: ["2.0.0"],
    statementOnly: true,
    takes: [
      ["version", "2.0.0"],
      ["version", "2.0"],
    ],
    refuses: [["version", "2.1.0", { id: "XAPI-00101" }]],
  },
]);

describeRequirements("a voiding statement", [
  {
    id: "XAPI-00017",
    says: "refers to a statement",
    refuses: [["verb", { id: VOIDED }, { at: "$.object" }]],
  },
]);

describe("a voiding statement", () => {
  const voiding = { actor: learner, verb: { id: VOIDED }, object: ref };

  it("XAPI-00017, XAPI-00019: is valid with a statement reference, whether or not the statement is there", () => {
    expect(validateStatement(voiding, "1.0.3")).toEqual([]);
    expect(validateStatement(voiding, "2.0.0")).toEqual([]);
  });

  it("XAPI-00020: voids no activity, agent or sub-statement", () => {
    for (const object of [
      { id: "https://example.com" },
      { ...teacher, objectType: "Agent" },
      asSubStatement(voiding),
    ]) {
      expect(validateStatement({ ...voiding, object }, "1.0.3")).not.toEqual([]);
    }
  });
});

describe("a sub-statement", () => {
  const sub = asSubStatement(fullStatement);

  it.each([
    ["XAPI-00067", "authority", learner],
    ["XAPI-00068", "version", "1.0.0"],
    ["XAPI-00069", "stored", fullStatement.stored],
    ["XAPI-00070", "id", fullStatement.id],
  ])("%s: has no %s", (requirement, key, value) => {
    const found = validateStatement(changed(sub, `object.${key}`, value), "1.0.3");
    expect(found).toMatchObject([{ requirement, path: `$.object.${key}` }]);
  });

  it("XAPI-00071: has no sub-statement in it", () => {
    const nested = changed(sub, "object.object", { objectType: "SubStatement", ...fullStatement });
    expect(validateStatement(nested, "2.0.0")[0]).toMatchObject({ requirement: "XAPI-00071", path: "$.object.object" });
  });

  it.each(["actor", "verb", "object"])("XAPI-00066: needs %s, as every statement does", (key) => {
    const found = validateStatement(changed(sub, `object.${key}`, REMOVED), "1.0.3");
    expect(found).toMatchObject([{ requirement: "XAPI-00066", path: "$.object" }]);
  });
});
