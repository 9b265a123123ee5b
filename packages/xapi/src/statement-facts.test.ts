import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agentKey } from "./agent-key.ts";
import { toCanonical, toIds } from "./format-statement.ts";
import type { Statement } from "./statement.ts";
import { factsOf } from "./statement-facts.ts";
import { someStatement } from "./testing/arbitrary.ts";
import {
  anonymousTeam,
  asSubStatement,
  fullStatement,
  identifiedTeam,
  learner,
  question,
  teacher,
} from "./testing/example-statement.ts";
import { validateStatement } from "./validate-statement.ts";
import { VOIDED } from "./voiding.ts";

const ada = "account::learner-1@https://lms.example.com";
const mentor = "mbox::mailto:teacher@example.com";

describe("agentKey", () => {
  it("names an agent by its identifier only", () => {
    expect(agentKey({ mbox: "mailto:Ada@EXAMPLE.com" })).toBe("mbox::mailto:Ada@example.com");
    expect(agentKey({ mbox_sha1sum: "ABCDEF" })).toBe("mbox_sha1sum::abcdef");
    expect(agentKey({ openid: "https://Ada.example.com" })).toBe("openid::https://Ada.example.com");
    expect(agentKey(learner)).toBe(ada);
    expect(agentKey(anonymousTeam)).toBeUndefined();
    expect(agentKey({ account: { homePage: "http://b", name: "a\u0000\ud800" } })).toBe(
      "account::a\ufffd\ufffd@http://b",
    );
  });

  it("differs for accounts that differ", () => {
    const account = fc.record({
      name: fc.stringMatching(/^[ab@:/.]{0,6}$/),
      homePage: fc.stringMatching(/^http:\/\/[ab@/]{1,6}$/),
    });
    fc.assert(
      fc.property(account, account, (a, b) => {
        const same = a.name === b.name && a.homePage === b.homePage;
        expect(agentKey({ account: a }) === agentKey({ account: b })).toBe(same);
      }),
    );
    const [a, b] = [
      { name: "x@http://a", homePage: "http://b" },
      { name: "x", homePage: "http://a@http://b" },
    ];
    expect(agentKey({ account: a })).not.toBe(agentKey({ account: b }));
  });
});

describe("factsOf", () => {
  it("collects what the filters of the statement resource match (1.0.3 Communication 2.1.3)", () => {
    expect(factsOf(fullStatement)).toEqual({
      actor: ada,
      verb: "http://adlnet.gov/expapi/verbs/answered",
      activity: question.id,
      registration: "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
      agents: [ada],
      relatedAgents: [ada, "account::key-1@https://lms.example.com", mentor],
      relatedActivities: [
        question.id,
        "https://course.example.com",
        "https://course.example.com/programme",
        "https://w3id.org/xapi/scorm",
        "https://course.example.com/other",
      ],
      attachments: [
        {
          sha2: fullStatement.attachments?.[0]?.sha2,
          contentType: "text/plain; charset=utf-8",
          length: 27,
          fileUrl: "https://example.com/certificate.txt",
          signature: false,
        },
      ],
    });
  });

  it("counts the members of a group, and the group itself when it has an identifier", () => {
    const group = { ...identifiedTeam, member: [learner, teacher] };
    const facts = factsOf({ actor: group, verb: { id: "tag:x" }, object: anonymousTeam });
    expect(facts.agents).toEqual(["mbox::mailto:team@example.com", ada, mentor]);
    expect(facts.actor).toBe("mbox::mailto:team@example.com");
    expect(factsOf({ actor: anonymousTeam, verb: { id: "tag:x" }, object: question }).actor).toBeUndefined();
  });

  it("relates what a sub-statement names, without matching it directly", () => {
    const facts = factsOf(asSubStatement(fullStatement) as Statement);
    expect(facts.agents).toEqual([mentor]);
    expect(facts.relatedAgents).toContain(ada);
    expect(facts.activity).toBeUndefined();
    expect(facts.relatedActivities).toContain(question.id);
    expect(facts.attachments).toHaveLength(1);
  });

  it("relates context agents and groups (2.0)", () => {
    const context = {
      contextAgents: [{ objectType: "contextAgent" as const, agent: { mbox: "mailto:coach@example.com" } }],
      contextGroups: [{ objectType: "contextGroup" as const, group: identifiedTeam }],
    };
    const { relatedAgents } = factsOf({ actor: learner, verb: { id: "tag:x" }, object: question, context });
    expect(relatedAgents).toEqual([ada, "mbox::mailto:coach@example.com", "mbox::mailto:team@example.com"]);
  });

  it("takes lists longer than any stack", () => {
    const many = <T>(one: (at: number) => T) => Array.from({ length: 130_000 }, (_, at) => one(at));
    const team = { objectType: "Group" as const, member: many((at) => ({ mbox: `mailto:a@${at}.example` })) };
    const parent = many((at) => ({ id: `tag:${at}` }));
    const facts = factsOf({
      actor: team,
      verb: { id: "tag:x" },
      object: team,
      context: { contextActivities: { parent } },
    });
    expect(facts.relatedAgents).toHaveLength(130_000);
    expect(facts.relatedActivities).toHaveLength(130_000);
  });

  it("names the statement that the object refers to, and whether it is void", () => {
    const object = { objectType: "StatementRef" as const, id: "16FD2706-8BAF-433B-82EB-8C7FADA847DA" };
    const target = object.id.toLowerCase();
    expect(factsOf({ actor: learner, verb: { id: "tag:x" }, object })).toMatchObject({ target });
    expect(factsOf({ actor: learner, verb: { id: "tag:x" }, object }).voids).toBeUndefined();
    expect(factsOf({ actor: learner, verb: { id: VOIDED }, object })).toMatchObject({ target, voids: target });
  });
});

describe("the formats of the statement resource", () => {
  it("XAPI-00171: ids keeps what identifies, and of an anonymous group the members", () => {
    const { actor, verb, object, context, authority } = toIds(fullStatement);
    expect(actor).toEqual({ objectType: "Agent", account: learner.account });
    expect(verb).toEqual({ id: fullStatement.verb.id });
    expect(object).toEqual({ id: question.id });
    expect(context?.team).toEqual({
      objectType: "Group",
      member: [{ objectType: "Agent", account: learner.account }, teacher],
    });
    expect(context?.contextActivities?.grouping).toEqual([{ id: "https://course.example.com/programme" }]);
    expect(authority).toEqual(fullStatement.authority);
    expect(toIds({ actor: { ...identifiedTeam, name: "Us", member: [learner] }, verb, object }).actor).toEqual(
      identifiedTeam,
    );
  });

  it("canonical has the definitions that are known, in one language", () => {
    const known = {
      name: { en: "Known", de: "Bekannt" },
      choices: [{ id: "a", description: { en: "This", de: "Dies" } }],
    };
    const told = toCanonical(
      { ...fullStatement, verb: { id: "tag:x", display: { en: "answered", de: "antwortete" } } },
      (id) => (id === question.id ? known : undefined),
      "fr;q=0.9, de;q=0.8",
    );
    expect(told.object).toMatchObject({
      definition: { name: { de: "Bekannt" }, choices: [{ id: "a", description: { de: "Dies" } }] },
    });
    expect(told.verb.display).toEqual({ de: "antwortete" });
    expect(told.context?.contextActivities?.parent).toEqual([{ id: "https://course.example.com" }]);
  });

  it("make valid statements of valid ones, with the same facts", () => {
    fc.assert(
      fc.property(someStatement, (statement) => {
        for (const told of [toIds(statement), toCanonical(statement, () => undefined, "de")]) {
          expect(validateStatement(told, "2.0.0")).toEqual([]);
          expect(factsOf(told)).toEqual(factsOf(statement));
        }
      }),
    );
  });
});
