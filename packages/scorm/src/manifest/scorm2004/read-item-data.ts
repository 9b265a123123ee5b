import type {
  ActivityDefinition,
  CompletionThreshold,
  DataMap,
  Edition,
  HiddenControl,
} from "../../sequencing/activity-tree.ts";
import { childOfAnyCase, childrenOf, textOf, type XmlElement } from "../xml-element.ts";
import { attributeReader } from "./attribute-reader.ts";
import { type Given, given } from "./given.ts";
import type { Scorm2004Report } from "./scorm2004-rules.ts";

const TIME_LIMIT_ACTIONS = ["exit,message", "exit,no message", "continue,message", "continue,no message"] as const;
const HIDDEN: readonly HiddenControl[] = [
  "continue",
  "previous",
  "exit",
  "exitAll",
  "abandon",
  "abandonAll",
  "suspendAll",
];
const DATA_FROM_LMS_SPM = 4000;

type ItemData = Pick<
  ActivityDefinition,
  "timeLimitAction" | "dataFromLms" | "completionThreshold" | "dataMaps" | "hideLmsUi"
>;

/** Reads what an item says to the run-time environment and the player. What is not valid is reported and left out. */
export function readItemData(
  item: XmlElement,
  title: string,
  edition: Edition,
  report: Scorm2004Report,
): Given<ItemData> {
  const launchData = childOfAnyCase(item, "dataFromLMS");
  const dataFromLms = launchData?.text.trim() || undefined;
  if (launchData && dataFromLms !== undefined && dataFromLms.length > DATA_FROM_LMS_SPM) {
    const length = String(dataFromLms.length);
    report("scorm2004.datafromlms.length", { title, length }, { line: launchData.line });
  }
  return given({
    timeLimitAction: readTimeLimitAction(childOfAnyCase(item, "timeLimitAction"), title, report),
    dataFromLms,
    completionThreshold: readThreshold(childOfAnyCase(item, "completionThreshold"), title, edition, report),
    dataMaps: readDataMaps(item, title, report),
    hideLmsUi: readHidden(item, title, report),
  });
}

function readTimeLimitAction(
  element: XmlElement | undefined,
  title: string,
  report: Scorm2004Report,
): ActivityDefinition["timeLimitAction"] {
  const value = textOf(element);
  if (element === undefined || value === undefined) return undefined;
  const meant = value.toLowerCase().replace(/\s*,\s*/, ",");
  const action = TIME_LIMIT_ACTIONS.find((word) => word === meant);
  if (action === undefined) report("scorm2004.timelimitaction", { title, value }, { line: element.line });
  return action;
}

/** Attributes in the 4th edition; before it the element's text is the least measure. Attributes are read in every edition, because tools mix them. */
function readThreshold(
  element: XmlElement | undefined,
  title: string,
  edition: Edition,
  report: Scorm2004Report,
): CompletionThreshold | undefined {
  if (element === undefined) return undefined;
  const place = { line: element.line };
  const reader = attributeReader(element, title, report);
  const attributes = given({
    completedByMeasure: reader.flag("completedByMeasure"),
    minProgressMeasure: reader.number("minProgressMeasure", 0, 1),
    progressWeight: reader.number("progressWeight", 0, 1),
  });
  const value = textOf(element);
  if (value === undefined) return Object.keys(attributes).length > 0 ? attributes : undefined;
  const measure = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : Number.NaN;
  if (!(measure >= 0 && measure <= 1)) {
    report("scorm2004.completionthreshold.value", { title, value }, place);
    return Object.keys(attributes).length > 0 ? attributes : undefined;
  }
  if (edition === "4th" && attributes.completedByMeasure === undefined) {
    report("scorm2004.completionthreshold.text", { title, value }, place);
  }
  return { minProgressMeasure: measure, ...attributes };
}

function readDataMaps(item: XmlElement, title: string, report: Scorm2004Report): DataMap[] | undefined {
  const taken = new Set<string>();
  const maps = childrenOf(item, "data")
    .flatMap((data) => childrenOf(data, "map"))
    .flatMap((element): DataMap[] => {
      const reader = attributeReader(element, title, report);
      const targetId = reader.text("targetID");
      const place = { line: element.line };
      if (targetId === undefined) {
        report("scorm2004.datamap.target.missing", { title }, place);
        return [];
      }
      if (taken.has(targetId)) {
        report("scorm2004.datamap.target.duplicate", { title, target: targetId }, place);
        return [];
      }
      taken.add(targetId);
      const flags = { readSharedData: reader.flag("readSharedData"), writeSharedData: reader.flag("writeSharedData") };
      return [{ targetId, ...given(flags) }];
    });
  return maps.length > 0 ? maps : undefined;
}

function readHidden(item: XmlElement, title: string, report: Scorm2004Report): HiddenControl[] | undefined {
  const hidden = new Set<HiddenControl>();
  for (const presentation of childrenOf(item, "presentation")) {
    for (const navigation of childrenOf(presentation, "navigationInterface")) {
      for (const element of childrenOf(navigation, "hideLMSUI")) {
        const value = textOf(element) ?? "";
        const control = HIDDEN.find((word) => word.toLowerCase() === value.toLowerCase());
        if (control !== undefined) hidden.add(control);
        else report("scorm2004.hidelmsui", { title, value }, { line: element.line });
      }
    }
  }
  return hidden.size > 0 ? [...hidden] : undefined;
}
