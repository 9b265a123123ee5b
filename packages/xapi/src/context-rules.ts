/** Rules for contexts (1.0.3 Data 2.4.6, IEEE 9274.1.1 4.2.2.5). */
import { activity } from "./activity-rules.ts";
import { actor, agent, group } from "./agent-rules.ts";
import { extensions, iri, uuid } from "./data-type-rules.ts";
import { isLanguageTag } from "./language-tag.ts";
import { list, object, type Rule, type Shape, text, word } from "./rule.ts";

/** A pointer at a statement; `requirement` is that of the place, for what is no object. */
export const statementRef = (requirement: string): Rule =>
  object(requirement, {
    name: "a statement reference",
    properties: new Map([
      ["objectType", word("XAPI-00073", ["StatementRef"])],
      ["id", uuid("XAPI-00072")],
    ]),
    required: [
      ["objectType", "XAPI-00073"],
      ["id", "XAPI-00072"],
    ],
  });

const oneActivity = activity("XAPI-00094");
const activities = list("XAPI-00094", "an activity or an array of activities", oneActivity);
const related: Rule = (check, value) => (Array.isArray(value) ? activities : oneActivity)(check, value);

const contextActivities = object("XAPI-00086", {
  name: "contextActivities",
  properties: new Map(["parent", "grouping", "category", "other"].map((key) => [key, related])),
  others: "XAPI-00093",
});

const relevantTypes = list("context-relevant-types", "an array of IRIs", iri("context-relevant-types"), 1);

const contextAgents = list(
  "context-agents",
  "an array of contextAgent objects",
  object("context-agents", {
    name: "a contextAgent",
    properties: new Map([
      ["objectType", word("context-agents", ["contextAgent"])],
      ["agent", agent],
      ["relevantTypes", relevantTypes],
    ]),
    required: [
      ["objectType", "context-agents"],
      ["agent", "context-agents"],
    ],
  }),
);

const contextGroups = list(
  "context-groups",
  "an array of contextGroup objects",
  object("context-groups", {
    name: "a contextGroup",
    properties: new Map([
      ["objectType", word("context-groups", ["contextGroup"])],
      ["group", group("context-groups")],
      ["relevantTypes", relevantTypes],
    ]),
    required: [
      ["objectType", "context-groups"],
      ["group", "context-groups"],
    ],
  }),
);

const shape103: Shape = {
  name: "a context",
  properties: new Map([
    ["registration", uuid("XAPI-00087-1")],
    ["instructor", actor("XAPI-00087-2")],
    ["team", group("XAPI-00088")],
    ["contextActivities", contextActivities],
    ["revision", text("XAPI-00089")],
    ["platform", text("XAPI-00090")],
    ["language", text("XAPI-00091", "an RFC 5646 language tag", isLanguageTag)],
    ["statement", statementRef("XAPI-00092")],
    ["extensions", extensions("XAPI-00120")],
  ]),
};
const shape200: Shape = {
  ...shape103,
  properties: new Map([...shape103.properties, ["contextAgents", contextAgents], ["contextGroups", contextGroups]]),
};

const context103 = object("XAPI-00006", shape103);
const context200 = object("XAPI-00006", shape200);

/** Who and what else belongs to it. 2.0 adds contextAgents and contextGroups. */
export const context: Rule = (check, value) => (check.version === "2.0.0" ? context200 : context103)(check, value);
