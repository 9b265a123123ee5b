/** How the parts of the course with pre-test and remediation are sequenced: what stands in each `imsss:sequencing`, in the order of the schema. */

const GLOBAL = "org.coursemesh.samples.fire-safety";
/** Only content says whether something is done or known. */
const BY_CONTENT = '<imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>';

/** What the course as a whole came to is what a test said about the objective `course`: its status, its score and its completion. */
export const rootSequencing = `
<imsss:controlMode choice="true" flow="true"/>
${objectives(reading("course", { primary: true, measure: true }))}
${completions(["course"], "read")}
`;

/** Once, and without a say in the course's result: that is the objective's. */
export function pretestSequencing(topics: readonly string[]): string {
  return `
<imsss:limitConditions attemptLimit="1"/>
<imsss:rollupRules rollupObjectiveSatisfied="false" rollupProgressCompletion="false" objectiveMeasureWeight="0"/>
${objectives("<imsss:primaryObjective/>", ...["course", ...topics].map(writing))}
${BY_CONTENT}
${completions(["course"], "write")}
`;
}

/** Passed over by whoever is through already; begun again after a failed final test, three times in all. */
export const studySequencing = `
<imsss:controlMode choice="true" flow="true"/>
<imsss:sequencingRules>
  ${rule("pre", "skip", '<imsss:ruleCondition referencedObjective="course" condition="satisfied"/>')}
  ${rule("post", "exitAll", '<imsss:ruleCondition condition="attemptLimitExceeded"/>')}
  ${rule("post", "retry", failed("course"))}
</imsss:sequencingRules>
<imsss:limitConditions attemptLimit="3"/>
${objectives("<imsss:primaryObjective/>", reading("course"))}
`;

/** Passed over once its topic is known. What it says about completion stays its own: known is what a test says. */
export function lessonSequencing(topic: string): string {
  return `
<imsss:sequencingRules>
  ${rule("pre", "skip", '<imsss:ruleCondition condition="satisfied"/>')}
</imsss:sequencingRules>
${objectives(reading(topic, { primary: true }))}
${BY_CONTENT}
`;
}

/** Ends the round: whoever failed gets another, and whoever passed is through. */
export function posttestSequencing(topics: readonly string[]): string {
  return `
<imsss:sequencingRules>
  ${rule("post", "exitAll", '<imsss:ruleCondition referencedObjective="course" condition="satisfied"/>')}
  ${rule("post", "exitParent", failed("course"))}
</imsss:sequencingRules>
${objectives("<imsss:primaryObjective/>", ...["course", ...topics].map(writing))}
${BY_CONTENT}
${completions(["course"], "write")}
`;
}

function rule(kind: "pre" | "post", action: string, conditions: string): string {
  return `<imsss:${kind}ConditionRule><imsss:ruleConditions>${conditions}</imsss:ruleConditions><imsss:ruleAction action="${action}"/></imsss:${kind}ConditionRule>`;
}

/** Known, and not satisfied: an objective that nobody has spoken about is no failure. */
function failed(objective: string): string {
  return `<imsss:ruleCondition referencedObjective="${objective}" condition="objectiveStatusKnown"/><imsss:ruleCondition referencedObjective="${objective}" operator="not" condition="satisfied"/>`;
}

function objectives(...each: readonly string[]): string {
  return `<imsss:objectives>\n  ${each.join("\n  ")}\n</imsss:objectives>`;
}

function reading(id: string, { primary = false, measure = false } = {}): string {
  const name = primary ? "primaryObjective" : "objective";
  return `<imsss:${name} objectiveID="${id}"><imsss:mapInfo targetObjectiveID="${GLOBAL}.${id}" readSatisfiedStatus="true" readNormalizedMeasure="${measure}"/></imsss:${name}>`;
}

function writing(id: string): string {
  return `<imsss:objective objectiveID="${id}"><imsss:mapInfo targetObjectiveID="${GLOBAL}.${id}" readSatisfiedStatus="false" readNormalizedMeasure="false" writeSatisfiedStatus="true" writeNormalizedMeasure="true"/></imsss:objective>`;
}

function completions(ids: readonly string[], way: "read" | "write"): string {
  const flags =
    way === "read" ? 'readCompletionStatus="true"' : 'readCompletionStatus="false" writeCompletionStatus="true"';
  const maps = ids.map(
    (id) =>
      `<adlseq:objective objectiveID="${id}"><adlseq:mapInfo targetObjectiveID="${GLOBAL}.${id}" readRawScore="false" readMinScore="false" readMaxScore="false" readProgressMeasure="false" ${flags}/></adlseq:objective>`,
  );
  return `<adlseq:objectives>${maps.join("")}</adlseq:objectives>`;
}
