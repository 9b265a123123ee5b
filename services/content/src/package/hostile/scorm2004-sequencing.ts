import { noted2004, ready2004, refused2004, type Scorm2004Parts } from "./scorm2004-package.ts";

const sequencing = (inner: string): Scorm2004Parts => ({
  inItem: `<imsss:sequencing>${inner}</imsss:sequencing>`,
});
const rule = (conditions: string, action = "skip", attributes = "") =>
  sequencing(
    `<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions${attributes}>${conditions}</imsss:ruleConditions><imsss:ruleAction action="${action}"/></imsss:preConditionRule></imsss:sequencingRules>`,
  );
const objectives = (inner: string, more = "") => sequencing(`<imsss:objectives>${inner}</imsss:objectives>${more}`);
const rollup = (attributes: string) =>
  sequencing(
    `<imsss:rollupRules><imsss:rollupRule ${attributes}><imsss:rollupConditions><imsss:rollupCondition condition="satisfied"/></imsss:rollupConditions><imsss:rollupAction action="satisfied"/></imsss:rollupRule></imsss:rollupRules>`,
  );
const collection = (...ids: readonly string[]) =>
  `<imsss:sequencingCollection>${ids.map((id) => `\n<imsss:sequencing ID="${id}"><imsss:controlMode flow="true"/></imsss:sequencing>`).join("")}</imsss:sequencingCollection>`;
const SATISFIED = '<imsss:ruleCondition condition="satisfied"/>';
const PRIMARY = '<imsss:primaryObjective objectiveID="p"/>';
const mapped = (id: string, map: string) =>
  `<imsss:objective objectiveID="${id}"><imsss:mapInfo ${map}/></imsss:objective>`;

/** Manifests of SCORM 2004 whose sequencing is wrong or sloppy. */
export const scorm2004Sequencing = [
  ready2004("a sequencing from the collection", {
    inItem: '<imsss:sequencing IDRef="s"/>',
    after: collection("s"),
  }),
  noted2004("a collection that is not there", "scorm2004.sequencing.idref.unknown", 6, {
    inItem: '<imsss:sequencing IDRef="s"/>',
  }),
  noted2004("a sequencing that refers to nothing in the collection", "scorm2004.sequencing.idref.unknown", 6, {
    inItem: '<imsss:sequencing IDRef="t"/>',
    after: collection("s"),
  }),
  noted2004("two sequencings of one ID", "scorm2004.sequencing.id.duplicate", 15, {
    inItem: '<imsss:sequencing IDRef="s"/>',
    after: collection("s", "s"),
  }),
  ready2004("a circle of references in the collection", {
    inItem: '<imsss:sequencing IDRef="s"/>',
    after:
      '<imsss:sequencingCollection><imsss:sequencing ID="s" IDRef="t"/><imsss:sequencing ID="t" IDRef="s"/></imsss:sequencingCollection>',
  }),
  refused2004("a prefix that is not declared", "xml.malformed", 6, { inItem: "<imssss:sequencing/>" }),
  noted2004("neither flow nor choice", "scorm2004.controlmode.unreachable", 8, {
    inOrganization: '<imsss:sequencing><imsss:controlMode choice="false"/></imsss:sequencing>',
  }),
  noted2004("flow that is neither true nor false", "scorm2004.attribute.flag", 8, {
    inOrganization: '<imsss:sequencing><imsss:controlMode flow="yes"/></imsss:sequencing>',
  }),
  noted2004("flow in capitals", "scorm2004.attribute.case", 8, {
    inOrganization: '<imsss:sequencing><imsss:controlMode flow="TRUE"/></imsss:sequencing>',
  }),
  noted2004("control modes after the rules", "xml.schema", 7, {
    inItem: `<imsss:sequencing><imsss:limitConditions attemptLimit="1"/>\n<imsss:controlMode flow="true"/></imsss:sequencing>`,
  }),
  noted2004("an action that does not exist", "scorm2004.rule.action", 6, rule(SATISFIED, "jump")),
  noted2004(
    "a rule whose only condition does not exist",
    "scorm2004.rule.conditions",
    6,
    rule('<imsss:ruleCondition condition="done"/>'),
  ),
  noted2004("a rule without conditions", "scorm2004.rule.conditions", 6, rule("")),
  noted2004(
    "one condition of two that does not exist",
    "scorm2004.rule.condition.partial",
    6,
    rule(`${SATISFIED}<imsss:ruleCondition condition="done"/>`),
  ),
  noted2004(
    "a condition in capitals",
    "scorm2004.attribute.case",
    6,
    rule('<imsss:ruleCondition condition="Satisfied"/>'),
  ),
  noted2004(
    "conditions combined by a word that does not exist",
    "scorm2004.attribute.word",
    6,
    rule(SATISFIED, "skip", ' conditionCombination="some"'),
  ),
  noted2004(
    "a rule about an objective of another activity",
    "scorm2004.rule.objective.unknown",
    6,
    rule('<imsss:ruleCondition referencedObjective="elsewhere" condition="satisfied"/>'),
  ),
  noted2004(
    "a measure compared with nothing",
    "scorm2004.rule.threshold.missing",
    6,
    rule('<imsss:ruleCondition condition="objectiveMeasureGreaterThan"/>'),
  ),
  noted2004(
    "an attempt limit below 0",
    "scorm2004.attribute.number",
    6,
    sequencing('<imsss:limitConditions attemptLimit="-1"/>'),
  ),
  noted2004(
    "a duration in words",
    "scorm2004.attribute.duration",
    6,
    sequencing('<imsss:limitConditions attemptAbsoluteDurationLimit="30 minutes"/>'),
  ),
  noted2004(
    "a roll-up rule that counts to nothing",
    "scorm2004.rollup.minimum.missing",
    6,
    rollup('childActivitySet="atLeastCount"'),
  ),
  noted2004(
    "a passing measure in percent",
    "scorm2004.objective.measure.value",
    6,
    objectives(
      '<imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>80</imsss:minNormalizedMeasure></imsss:primaryObjective>',
    ),
  ),
  noted2004(
    "an objective without an ID",
    "scorm2004.objective.id.missing",
    6,
    objectives(`${PRIMARY}<imsss:objective/>`),
  ),
  noted2004(
    "two objectives of one ID",
    "scorm2004.objective.id.duplicate",
    6,
    objectives(`${PRIMARY}<imsss:objective objectiveID="p"/>`),
  ),
  noted2004(
    "objectives without a primary one",
    "scorm2004.objective.primary.missing",
    6,
    objectives('<imsss:objective objectiveID="a"/>'),
  ),
  noted2004(
    "a map without a target",
    "scorm2004.map.target.missing",
    6,
    objectives(`${PRIMARY}${mapped("a", 'readSatisfiedStatus="true"')}`),
  ),
  noted2004(
    "an objective that reads from two global ones",
    "scorm2004.map.read.twice",
    6,
    objectives(
      `${PRIMARY}<imsss:objective objectiveID="a"><imsss:mapInfo targetObjectiveID="g"/><imsss:mapInfo targetObjectiveID="h"/></imsss:objective>`,
    ),
  ),
  noted2004(
    "two objectives that write to one global one",
    "scorm2004.map.write.twice",
    6,
    objectives(
      PRIMARY +
        ["a", "b"]
          .map((id) => mapped(id, 'targetObjectiveID="g" readSatisfiedStatus="false" writeSatisfiedStatus="true"'))
          .join(""),
    ),
  ),
  noted2004(
    "a map of an objective that the activity does not have",
    "scorm2004.map.objective.unknown",
    6,
    objectives(
      PRIMARY,
      '<adlseq:objectives><adlseq:objective objectiveID="other"><adlseq:mapInfo targetObjectiveID="g"/></adlseq:objective></adlseq:objectives>',
    ),
  ),
  noted2004("more items selected than there are", "scorm2004.selection.count", 8, {
    inOrganization:
      '<imsss:sequencing><imsss:controlMode flow="true"/><imsss:randomizationControls selectionTiming="once" selectCount="5"/></imsss:sequencing>',
  }),
];
