import type { Scorm12ItemData } from "../../course/course-outline.ts";
import { parsePrerequisites } from "../../course/prerequisites.ts";
import type { Report } from "../finding.ts";
import { attributeOf, childOfAnyCase, type XmlElement } from "../xml-element.ts";
import type { Scorm12RuleId } from "./scorm12-rules.ts";

const CMI_TIMESPAN = /^\d{2,4}:\d{2}:\d{2}(?:\.\d{1,2})?$/;
const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/;
const TIME_LIMIT_ACTIONS = ["exit,message", "exit,no message", "continue,message", "continue,no message"];
const DATA_FROM_LMS_LIMIT = 255;

/** Reads the `adlcp` elements of an item. What is not valid is reported and left out, so that the runtime may rely on the rest. */
export function readItemData(
  item: XmlElement,
  title: string,
  report: Report<Scorm12RuleId>,
): Scorm12ItemData | undefined {
  const data: { -readonly [P in keyof Scorm12ItemData]: Scorm12ItemData[P] } = {};
  const value = (name: string): { text: string; line: number; element: XmlElement } | undefined => {
    const element = childOfAnyCase(item, name);
    if (!element || element.text.trim() === "") return undefined;
    if (element.name !== name) report("scorm12.element.case", { written: element.name, name }, { line: element.line });
    return { text: element.text.trim(), line: element.line, element };
  };

  const prerequisites = value("prerequisites");
  if (prerequisites) {
    const { text, line, element } = prerequisites;
    const type = attributeOf(element, "type");
    if (type !== "aicc_script") report("scorm12.prerequisites.type", { title, type: type ?? "nothing" }, { line });
    const parsed = parsePrerequisites(text);
    if (parsed.ok) data.prerequisites = text;
    else {
      const { message: problem, column } = parsed;
      report("scorm12.prerequisites.syntax", { title, problem, column: String(column), script: text }, { line });
    }
  }

  const mastery = value("masteryscore");
  if (mastery) {
    const score = Number(mastery.text);
    if (DECIMAL.test(mastery.text) && score >= 0 && score <= 100) data.masteryScore = mastery.text;
    else report("scorm12.masteryscore", { title, value: mastery.text }, { line: mastery.line });
  }

  const maximum = value("maxtimeallowed");
  if (maximum) {
    if (CMI_TIMESPAN.test(maximum.text)) data.maxTimeAllowed = maximum.text;
    else report("scorm12.maxtimeallowed", { title, value: maximum.text }, { line: maximum.line });
  }

  const action = value("timelimitaction");
  if (action) {
    const meant = action.text.toLowerCase().replace(/\s*,\s*/, ",");
    if (TIME_LIMIT_ACTIONS.includes(meant)) data.timeLimitAction = meant;
    else report("scorm12.timelimitaction", { title, value: action.text }, { line: action.line });
  }

  const launchData = childOfAnyCase(item, "datafromlms");
  if (launchData && launchData.text !== "") {
    value("datafromlms");
    data.dataFromLms = launchData.text.trim();
    const length = data.dataFromLms.length;
    if (length > DATA_FROM_LMS_LIMIT) {
      report("scorm12.datafromlms.length", { title, length: String(length) }, { line: launchData.line });
    }
  }
  return Object.keys(data).length > 0 ? data : undefined;
}
