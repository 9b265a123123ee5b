/** Rules for activities and their definitions (1.0.3 Data 2.4.4.1, IEEE 9274.1.1 4.2.2.3). */
import { shown } from "./check.ts";
import { extensions, iri, irl, languageMap } from "./data-type-rules.ts";
import { INTERACTION_TYPES } from "./interaction-type.ts";
import { isObject, list, object, type Rule, text, word } from "./rule.ts";

const component = object("XAPI-00063", {
  name: "an interaction component",
  properties: new Map([
    ["id", text("XAPI-00058")],
    ["description", languageMap("XAPI-00062")],
  ]),
  required: [["id", "XAPI-00058"]],
});

const componentArray = (requirement: string): Rule => {
  const each = list(requirement, "an array of interaction components", component);
  return (check, value) => {
    each(check, value);
    if (!Array.isArray(value)) return;
    const ids = new Set<string>();
    for (let at = 0; at < value.length; at++) {
      const id: unknown = isObject(value[at]) ? value[at].id : undefined;
      if (typeof id !== "string") continue;
      if (ids.has(id)) {
        check.enter(at);
        check.enter("id");
        check.report("XAPI-00058", `the id ${shown(id)} is used before in this array`);
        check.leave();
        check.leave();
        if (check.full) return;
      }
      ids.add(id);
    }
  };
};

/** The properties that make no sense without `interactionType`. */
const interactionProperties = ["correctResponsesPattern", "choices", "scale", "source", "target", "steps"] as const;

/**
 * What an activity is. That response patterns have the form of their interaction type is not asked: an LRS may refuse those that have
 * not (1.0.3 Data 2.4.4.1), and learners' results are worth more than tidy patterns.
 */
export const activityDefinition: Rule = object(
  "XAPI-00048",
  {
    name: "an activity definition",
    properties: new Map([
      ["name", languageMap("XAPI-00056")],
      ["description", languageMap("XAPI-00059")],
      ["type", iri("XAPI-00060")],
      ["moreInfo", irl("XAPI-00061")],
      ["interactionType", word("XAPI-00049", INTERACTION_TYPES)],
      ["correctResponsesPattern", list("XAPI-00050", "an array of strings", text("XAPI-00050"))],
      ["choices", componentArray("XAPI-00055")],
      ["scale", componentArray("XAPI-00054")],
      ["source", componentArray("XAPI-00053")],
      ["target", componentArray("XAPI-00052")],
      ["steps", componentArray("XAPI-00051")],
      ["extensions", extensions("XAPI-00057")],
    ]),
  },
  (check, value) => {
    if (value.interactionType !== undefined) return;
    const used = interactionProperties.find((key) => value[key] !== undefined);
    if (used) check.report("XAPI-00064", `a definition with "${used}" needs "interactionType"`);
  },
);

/** An activity; `requirement` is that of the place, for what is no object. */
export const activity = (requirement: string): Rule =>
  object(requirement, {
    name: "an activity",
    properties: new Map([
      ["objectType", word("XAPI-00046", ["Activity"])],
      ["id", iri("XAPI-00047")],
      ["definition", activityDefinition],
    ]),
    required: [["id", "XAPI-00047"]],
  });
