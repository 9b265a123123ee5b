import type {
  ConstrainedChoice,
  ControlMode,
  DeliveryControls,
  LimitConditions,
  RandomizationControls,
  RollupConsiderations,
  RollupControls,
  SelectionControls,
  SequencingDefinition,
} from "../../sequencing/activity-tree.ts";
import type { XmlElement } from "../xml-element.ts";
import { type AttributeReader, attributeReader } from "./attribute-reader.ts";
import { type Given, given } from "./given.ts";
import { readObjectives } from "./read-objectives.ts";
import { readRollupRules, readSequencingRules } from "./read-rules.ts";
import type { Scorm2004Report } from "./scorm2004-rules.ts";
import type { SequencingSource } from "./sequencing-source.ts";

/** Reads the sequencing of one activity with `children` items; undefined when it says nothing. */
export function readSequencing(
  source: SequencingSource | undefined,
  title: string,
  children: number,
  report: Scorm2004Report,
): SequencingDefinition | undefined {
  const read = <Part extends object>(
    name: string,
    readPart: (reader: AttributeReader, element: XmlElement) => Given<Part>,
  ): Given<Part> | undefined => {
    const element = source?.part(name);
    const part = element && readPart(attributeReader(element, title, report), element);
    return part && Object.keys(part).length > 0 ? part : undefined;
  };
  const objectives = readObjectives(source?.part("objectives"), source?.part("objectives", "adl"), title, report);
  const rules = source?.part("sequencingRules");
  const rollup = source?.part("rollupRules");
  const rollupRules = rollup ? readRollupRules(rollup, title, children, report) : [];
  const controlMode = read<ControlMode>("controlMode", readControlMode);
  if (children > 0 && controlMode?.choice === false && controlMode.flow !== true) {
    report("scorm2004.controlmode.unreachable", { title }, { line: source?.part("controlMode")?.line });
  }
  const auxiliary = source?.part("auxiliaryResources");
  if (auxiliary && auxiliary.children.length > 0) {
    report("scorm2004.auxiliary", { title }, { line: auxiliary.line });
  }
  const sequencing: SequencingDefinition = {
    ...given({
      controlMode,
      constrainedChoice: read<ConstrainedChoice>("constrainedChoiceConsiderations", readConstraints),
    }),
    ...(rules ? readSequencingRules(rules, title, objectives, report) : {}),
    ...given({
      limitConditions: read<LimitConditions>("limitConditions", (reader, element) =>
        readLimits(reader, element, title, report),
      ),
      rollupRules: rollupRules.length > 0 ? rollupRules : undefined,
      rollupControls: read<RollupControls>("rollupRules", readRollupControls),
      rollupConsiderations: read<RollupConsiderations>("rollupConsiderations", readConsiderations),
      objectives: objectives.length > 0 ? objectives : undefined,
      selection: read<SelectionControls>("randomizationControls", (reader, element) =>
        readSelection(reader, element, title, children, report),
      ),
      randomization: read<RandomizationControls>("randomizationControls", readRandomization),
      deliveryControls: read<DeliveryControls>("deliveryControls", readDelivery),
    }),
  };
  return Object.keys(sequencing).length > 0 ? sequencing : undefined;
}

function readControlMode(reader: AttributeReader): Given<ControlMode> {
  return given({
    choice: reader.flag("choice"),
    choiceExit: reader.flag("choiceExit"),
    flow: reader.flag("flow"),
    forwardOnly: reader.flag("forwardOnly"),
    useCurrentAttemptObjectiveInfo: reader.flag("useCurrentAttemptObjectiveInfo"),
    useCurrentAttemptProgressInfo: reader.flag("useCurrentAttemptProgressInfo"),
  });
}

function readConstraints(reader: AttributeReader): Given<ConstrainedChoice> {
  return given({
    preventActivation: reader.flag("preventActivation"),
    constrainChoice: reader.flag("constrainChoice"),
  });
}

/** SCORM uses an attempt's number and, for `cmi.max_time_allowed`, its duration (SN 3.6). */
const UNUSED_LIMITS = [
  "attemptExperiencedDurationLimit",
  "activityAbsoluteDurationLimit",
  "activityExperiencedDurationLimit",
  "beginTimeLimit",
  "endTimeLimit",
] as const;

function readLimits(
  reader: AttributeReader,
  element: XmlElement,
  title: string,
  report: Scorm2004Report,
): Given<LimitConditions> {
  for (const name of UNUSED_LIMITS) {
    if (reader.text(name) !== undefined) report("scorm2004.limit.unused", { title, name }, { line: element.line });
  }
  const attemptAbsoluteDurationLimit = reader.duration("attemptAbsoluteDurationLimit");
  const written = reader.text("attemptAbsoluteDurationLimit");
  return given({
    attemptLimit: reader.count("attemptLimit"),
    attemptAbsoluteDurationLimit,
    attemptAbsoluteDurationLimitText: attemptAbsoluteDurationLimit === undefined ? undefined : written,
    attemptExperiencedDurationLimit: reader.duration("attemptExperiencedDurationLimit"),
    activityAbsoluteDurationLimit: reader.duration("activityAbsoluteDurationLimit"),
    activityExperiencedDurationLimit: reader.duration("activityExperiencedDurationLimit"),
    beginTimeLimit: reader.dateTime("beginTimeLimit"),
    endTimeLimit: reader.dateTime("endTimeLimit"),
  });
}

function readRollupControls(reader: AttributeReader): Given<RollupControls> {
  return given({
    rollupObjectiveSatisfied: reader.flag("rollupObjectiveSatisfied"),
    rollupProgressCompletion: reader.flag("rollupProgressCompletion"),
    objectiveMeasureWeight: reader.number("objectiveMeasureWeight", 0, 1),
  });
}

const CONSIDERATIONS = ["always", "ifAttempted", "ifNotSkipped", "ifNotSuspended"] as const;

function readConsiderations(reader: AttributeReader): Given<RollupConsiderations> {
  return given({
    requiredForSatisfied: reader.word("requiredForSatisfied", CONSIDERATIONS),
    requiredForNotSatisfied: reader.word("requiredForNotSatisfied", CONSIDERATIONS),
    requiredForCompleted: reader.word("requiredForCompleted", CONSIDERATIONS),
    requiredForIncomplete: reader.word("requiredForIncomplete", CONSIDERATIONS),
    measureSatisfactionIfActive: reader.flag("measureSatisfactionIfActive"),
  });
}

const TIMINGS = ["never", "once", "onEachNewAttempt"] as const;

function readSelection(
  reader: AttributeReader,
  element: XmlElement,
  title: string,
  children: number,
  report: Scorm2004Report,
): Given<SelectionControls> {
  const place = { line: element.line };
  const timing = reader.word("selectionTiming", TIMINGS);
  const count = reader.count("selectCount");
  if (timing === "onEachNewAttempt") report("scorm2004.selection.timing", { title }, place);
  if (timing === "once" && count === undefined) report("scorm2004.selection.unfinished", { title }, place);
  if (count !== undefined && children > 0 && count > children) {
    report("scorm2004.selection.count", { title, count: String(count), children: String(children) }, place);
  }
  return given({ timing, count });
}

function readRandomization(reader: AttributeReader): Given<RandomizationControls> {
  return given({
    timing: reader.word("randomizationTiming", TIMINGS),
    reorderChildren: reader.flag("reorderChildren"),
  });
}

function readDelivery(reader: AttributeReader): Given<DeliveryControls> {
  return given({
    tracked: reader.flag("tracked"),
    completionSetByContent: reader.flag("completionSetByContent"),
    objectiveSetByContent: reader.flag("objectiveSetByContent"),
  });
}
