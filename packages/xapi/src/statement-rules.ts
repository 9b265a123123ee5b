/** Rules for statements and sub-statements as a whole (1.0.3 Data 2.2 to 2.4, IEEE 9274.1.1 4.2). */
import { activity } from "./activity-rules.ts";
import { actor, authority } from "./agent-rules.ts";
import { attachments } from "./attachment-rules.ts";
import type { Check } from "./check.ts";
import { context, statementRef } from "./context-rules.ts";
import { iri, languageMap, timestamp, uuid } from "./data-type-rules.ts";
import { result } from "./result-rules.ts";
import {
  at,
  checkShape,
  isObject,
  type JsonObject,
  object,
  type Rule,
  reportType,
  type Shape,
  text,
  word,
} from "./rule.ts";
import { readVersionHeader } from "./version.ts";
import { VOIDED } from "./voiding.ts";

const verb = object("XAPI-00044", {
  name: "a verb",
  properties: new Map([
    ["id", iri("XAPI-00044")],
    ["display", languageMap("XAPI-00045")],
  ]),
  required: [["id", "XAPI-00044"]],
});

const asActivity = activity("XAPI-00046");
const asActor = actor("XAPI-00046");
const asStatementRef = statementRef("XAPI-00046");
const plainKind = word("XAPI-00046", ["Activity", "Agent", "Group", "StatementRef"]);
const anyKind = word("XAPI-00046", ["Activity", "Agent", "Group", "StatementRef", "SubStatement"]);

function checkObject(check: Check, value: unknown, nested: boolean): void {
  if (!isObject(value)) {
    reportType(check, value, "XAPI-00046", "an activity, agent, group, statement reference or sub-statement");
    return;
  }
  const kind = value.objectType;
  if (kind === undefined && value.id === undefined && looksLikeActor(value)) {
    check.report("XAPI-00065", 'an agent or group as object needs "objectType"');
  } else if (kind === undefined || kind === "Activity") asActivity(check, value);
  else if (kind === "Agent" || kind === "Group") asActor(check, value);
  else if (kind === "StatementRef") asStatementRef(check, value);
  else if (kind !== "SubStatement") at(check, "objectType", () => (nested ? plainKind : anyKind)(check, kind));
  else if (nested) check.report("XAPI-00071", "a sub-statement has no sub-statement in it");
  else checkSubStatement(check, value);
}

const looksLikeActor = (value: JsonObject) =>
  ["mbox", "mbox_sha1sum", "openid", "account", "member"].some((key) => value[key] !== undefined);

/** What holds for the parts together. */
function checkTogether(check: Check, { verb, object: target, context: around }: JsonObject): void {
  if (!isObject(target)) return;
  const kind = target.objectType;
  if (isObject(verb) && verb.id === VOIDED && kind !== "StatementRef") {
    at(check, "object", () => check.report("XAPI-00017", "the object of a voiding statement is a statement reference"));
  }
  if (!isObject(around) || kind === undefined || kind === "Activity") return;
  for (const [key, requirement] of forActivitiesOnly) {
    if (around[key] === undefined) continue;
    at(check, "context", () =>
      at(check, key, () => check.report(requirement, `"${key}" is for statements about an activity only`)),
    );
  }
}

const forActivitiesOnly = [
  ["revision", "XAPI-00084"],
  ["platform", "XAPI-00085"],
] as const;

const parts: readonly (readonly [string, Rule])[] = [
  ["actor", actor("XAPI-00003")],
  ["verb", verb],
  ["result", result],
  ["context", context],
  ["timestamp", timestamp("XAPI-00022")],
  ["attachments", attachments],
];

/** The LRS's own properties, which a sub-statement has not. */
const forbidden =
  (requirement: string): Rule =>
  (check) =>
    check.report(requirement, "a sub-statement has no such property");

const subStatementShape: Shape = {
  name: "a sub-statement",
  properties: new Map([
    ["objectType", word("XAPI-00046", ["SubStatement"])],
    ["object", (check: Check, value: unknown) => checkObject(check, value, true)],
    ["authority", forbidden("XAPI-00067")],
    ["version", forbidden("XAPI-00068")],
    ["stored", forbidden("XAPI-00069")],
    ["id", forbidden("XAPI-00070")],
    ...parts,
  ]),
  required: [
    ["actor", "XAPI-00066"],
    ["verb", "XAPI-00066"],
    ["object", "XAPI-00066"],
  ],
};

function checkSubStatement(check: Check, value: JsonObject): void {
  checkShape(check, value, subStatementShape);
  checkTogether(check, value);
}

/** 1.0.3 knows its own versions only; to 2.0, statements of both are known (IEEE 9274.1.1 4.2.4.3). */
const version = text("XAPI-00101", "a version of the specification", (value, check) => {
  const named = readVersionHeader(value);
  return named !== undefined && (named === "1.0.3" || check.version === "2.0.0");
});

const statementShape: Shape = {
  name: "a statement",
  properties: new Map([
    ["id", uuid("XAPI-00027")],
    ["object", (check: Check, value: unknown) => checkObject(check, value, false)],
    ["stored", timestamp("XAPI-00023")],
    ["authority", authority],
    ["version", version],
    ...parts,
  ]),
  required: [
    ["actor", "XAPI-00003"],
    ["verb", "XAPI-00004"],
    ["object", "XAPI-00005"],
  ],
};

/** A whole statement. */
export const statement: Rule = object("XAPI-00006", statementShape, checkTogether);
