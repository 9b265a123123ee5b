import type { Rule } from "../finding.ts";

/** Rules about the `adlcp` elements of a SCORM 1.2 item. */
export const scorm12ItemDataRules = {
  "scorm12.element.case": {
    severity: "warning",
    title: "<{written}> should be written <{name}>",
    meaning: "Nothing changes for learners here; it was read as meant.",
    fix: "Write the name in lower case, as SCORM 1.2 does.",
    clause: "SCORM 1.2 CAM, 2.3.2.5",
    otherLms: true,
  },
  "scorm12.prerequisites.syntax": {
    severity: "warning",
    title: "The prerequisites of \u201c{title}\u201d cannot be understood",
    meaning: "Learners can open it at any time. At character {column} of {script}: {problem}",
    fix: "Write an AICC script such as A1&A2 or ~(A1|A2), with identifiers of items.",
    clause: "SCORM 1.2 CAM, 2.3.2.5.1",
    otherLms: true,
  },
  "scorm12.prerequisites.type": {
    severity: "warning",
    title: "The prerequisites of \u201c{title}\u201d are of type {type}",
    meaning: "They are read as an AICC script, the only type there is.",
    fix: 'Write <adlcp:prerequisites type="aicc_script">.',
    clause: "SCORM 1.2 CAM, 2.3.2.5.1",
    otherLms: true,
  },
  "scorm12.prerequisites.unknown": {
    severity: "warning",
    title: "The prerequisites of \u201c{title}\u201d name {identifier}, which is not an item",
    meaning: "That part counts as met. Another LMS may keep the item closed for ever.",
    fix: "Name identifiers of items in the same organization.",
    clause: "SCORM 1.2 CAM, 2.3.2.5.1",
    otherLms: true,
  },
  "scorm12.masteryscore": {
    severity: "warning",
    title: "The mastery score {value} is not a number from 0 to 100",
    meaning: "It is left out: passed or failed is only what \u201c{title}\u201d says itself.",
    fix: "Write a number from 0 to 100, without a percent sign.",
    clause: "SCORM 1.2 CAM, 2.3.2.5.5",
    otherLms: true,
  },
  "scorm12.maxtimeallowed": {
    severity: "warning",
    title: "The time limit {value} is not a time span",
    meaning: "\u201c{title}\u201d has no time limit.",
    fix: "Write it as HHHH:MM:SS.SS, for instance 00:30:00.",
    clause: "SCORM 1.2 CAM, 2.3.2.5.2",
    otherLms: true,
  },
  "scorm12.timelimitaction": {
    severity: "warning",
    title: "The time limit action {value} is not one of the four that exist",
    meaning: "It is left out: nothing happens by itself when the time of \u201c{title}\u201d is over.",
    fix: "Write exit,message, exit,no message, continue,message or continue,no message.",
    clause: "SCORM 1.2 CAM, 2.3.2.5.3",
    otherLms: true,
  },
  "scorm12.datafromlms.length": {
    severity: "note",
    title: "The launch data of \u201c{title}\u201d has {length} characters",
    meaning: "It is passed on whole; the book allows 255.",
    fix: "Keep adlcp:datafromlms within 255 characters.",
    clause: "SCORM 1.2 CAM, 2.3.2.5.4",
    otherLms: true,
  },
} as const satisfies Record<string, Rule>;
