/** Rules for agents and groups (1.0.3 Data 2.4.2, IEEE 9274.1.1 4.2.2.1). */
import type { Check } from "./check.ts";
import { irl } from "./data-type-rules.ts";
import { isUri } from "./iri.ts";
import { isMailbox } from "./mailbox.ts";
import {
  at,
  checkShape,
  isObject,
  type JsonObject,
  list,
  object,
  type Rule,
  reportType,
  type Shape,
  text,
  word,
} from "./rule.ts";

const account = object("XAPI-00041", {
  name: "an account",
  properties: new Map([
    ["homePage", irl("XAPI-00042")],
    ["name", text("XAPI-00043")],
  ]),
  required: [
    ["homePage", "XAPI-00042"],
    ["name", "XAPI-00043"],
  ],
});

const identifiers: readonly (readonly [string, Rule])[] = [
  ["mbox", text("XAPI-00038", 'an IRI of the form "mailto:address"', isMailbox)],
  ["mbox_sha1sum", text("XAPI-00039", "a SHA-1 hash of 40 hexadecimal digits", (hash) => /^[0-9a-f]{40}$/i.test(hash))],
  ["openid", text("XAPI-00040", "a URI with its scheme", isUri)],
  ["account", account],
];

function countIdentifiers(value: JsonObject): number {
  let count = 0;
  if (value.mbox !== undefined) count++;
  if (value.mbox_sha1sum !== undefined) count++;
  if (value.openid !== undefined) count++;
  if (value.account !== undefined) count++;
  return count;
}

const agentShape: Shape = {
  name: "an agent",
  properties: new Map([["objectType", word("XAPI-00031", ["Agent"])], ["name", text("XAPI-00033")], ...identifiers]),
};

/** A person or a system, by exactly one identifier. */
export const agent: Rule = object("XAPI-00034", agentShape, (check, value) => {
  const count = countIdentifiers(value);
  if (count !== 1) {
    const found = count === 0 ? "none" : "several";
    check.report(
      "XAPI-00034",
      `an agent needs exactly one of mbox, mbox_sha1sum, openid and account; there ${count === 0 ? "is" : "are"} ${found}`,
    );
  }
});

const groupShape: Shape = {
  name: "a group",
  properties: new Map([
    ["objectType", word("XAPI-00031", ["Group"])],
    ["name", text("XAPI-00033")],
    ["member", list("XAPI-00036", "an array of agents", agent)],
    ...identifiers,
  ]),
  required: [["objectType", "XAPI-00031"]],
};

function checkGroup(check: Check, value: JsonObject): void {
  checkShape(check, value, groupShape);
  const count = countIdentifiers(value);
  if (count > 1) {
    check.report("XAPI-00037", "a group has at most one of mbox, mbox_sha1sum, openid and account; there are several");
  }
  const members = value.member;
  if (count === 0 && (members === undefined || (Array.isArray(members) && members.length === 0))) {
    check.report("XAPI-00035", "a group without identifier needs at least one member");
  }
}

/** An identified or an anonymous group. */
export const group =
  (requirement: string): Rule =>
  (check, value) => {
    if (isObject(value)) checkGroup(check, value);
    else reportType(check, value, requirement, "a group");
  };

const eitherWord = word("XAPI-00031", ["Agent", "Group"]);

/** An agent unless it says that it is a group. `requirement` is that of the place, for what is neither. */
export const actor =
  (requirement: string): Rule =>
  (check, value) => {
    if (!isObject(value)) {
      reportType(check, value, requirement, "an agent or a group");
      return;
    }
    const kind = value.objectType;
    if (kind === "Group") checkGroup(check, value);
    else if (kind === undefined || kind === "Agent") agent(check, value);
    else {
      at(check, "objectType", () => {
        if (typeof kind === "string") eitherWord(check, kind);
        else reportType(check, kind, "XAPI-00032", '"Agent" or "Group"');
      });
    }
  };

const agentOrGroup = actor("XAPI-00024");

/** Who vouches for a statement: an agent, or the two agents of OAuth as an anonymous group (1.0.3 Data 2.4.9). */
export const authority: Rule = (check, value) => {
  agentOrGroup(check, value);
  if (!isObject(value) || value.objectType !== "Group") return;
  const members = value.member;
  if (!Array.isArray(members) || members.length !== 2 || countIdentifiers(value) > 0) {
    check.report("XAPI-00098", "an authority that is a group is an anonymous one with exactly two members");
  }
};
