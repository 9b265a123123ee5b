import { describe, expect, it } from "vitest";
import { agentOfText, nameOfAgent, textOfAgent } from "./agent-text.ts";
import { curlOf, exportUrl, statementsUrl, statementUrl } from "./equivalent-request.ts";
import { activityOf, attachmentsOf, readSentence } from "./read-sentence.ts";
import { activeFilters, invalidFilters, toFilterMessage } from "./statement-filters.ts";

describe("agents as people type them", () => {
  it.each([
    ["ana@example.com", { mbox: "mailto:ana@example.com" }],
    ["mailto:ana@example.com", { mbox: "mailto:ana@example.com" }],
    ["4711 @ https://hr.example.org", { account: { homePage: "https://hr.example.org", name: "4711" } }],
    ["ana@hr@https://hr.example.org", { account: { homePage: "https://hr.example.org", name: "ana@hr" } }],
    ["https://id.example.org/ana", { openid: "https://id.example.org/ana" }],
    ["a9993e364706816aba3e25717850c26c9cd0d89d", { mbox_sha1sum: "a9993e364706816aba3e25717850c26c9cd0d89d" }],
    ['{"mbox":"mailto:b@example.com","name":"Ben"}', { mbox: "mailto:b@example.com", name: "Ben" }],
  ])("%s", (text, agent) => {
    expect(agentOfText(text)).toEqual(agent);
    expect(textOfAgent(agentOfText(textOfAgent(agent)) ?? {})).toBe(textOfAgent(agent));
  });

  it.each(["", "Ana", "{", "{}", '{"name":"Ana"}', "[1]", "@"])("%s is none", (text) => {
    expect(agentOfText(text)).toBeUndefined();
  });

  it("are named by name, account, address or members", () => {
    expect(nameOfAgent({ name: "Ana", mbox: "mailto:a@b.c" })).toBe("Ana");
    expect(nameOfAgent({ account: { name: "4711", homePage: "https://x" } })).toBe("4711");
    expect(nameOfAgent({ objectType: "Group", member: [{ name: "Ana" }, { mbox: "mailto:b@c.d" }] })).toBe(
      "Ana, b@c.d",
    );
  });
});

describe("sentences", () => {
  const actor = { name: "Ana", mbox: "mailto:a@b.c" };
  const verb = { id: "http://adlnet.gov/expapi/verbs/passed", display: { "de-DE": "bestand", en: "passed" } };
  const quiz = { id: "https://example.org/q", definition: { name: { en: "Quiz" } } };
  const read = (statement: object, language = "en") => readSentence(JSON.stringify(statement), language);

  it("use the words for the viewer's language, else the end of the IRI, else the IRI", () => {
    expect(read({ actor, verb, object: quiz })).toMatchObject({ actor: "Ana", verb: "passed", object: "Quiz" });
    expect(read({ actor, verb, object: quiz }, "de")).toMatchObject({ verb: "bestand", object: "Quiz" });
    const bare = { actor, verb: { id: "http://x/verbs/scheduled/" }, object: { id: "https://example.org/q" } };
    expect(read(bare)).toMatchObject({ verb: "scheduled", object: "https://example.org/q" });
  });

  it("tell what they point at, and whether they void it", () => {
    const object = { objectType: "StatementRef", id: "s1" };
    expect(read({ actor, verb, object })).toMatchObject({ target: "s1", voids: false });
    const voiding = { actor, verb: { id: "http://adlnet.gov/expapi/verbs/voided" }, object };
    expect(read(voiding)).toMatchObject({ target: "s1", voids: true, verb: "voided" });
  });

  it("hold a sentence in a sentence, with its attachments", () => {
    const attachment = { sha2: "00" };
    const sub = { objectType: "SubStatement", actor: { name: "Ben" }, verb, object: quiz, attachments: [attachment] };
    const sentence = read({ actor, verb: { id: "x/planned" }, object: sub, attachments: [attachment] });
    expect(sentence?.object).toBe("Ben passed Quiz");
    if (!sentence) throw new Error("no sentence");
    expect(attachmentsOf(sentence.statement)).toHaveLength(2);
    expect(activityOf(sentence.statement)).toBeUndefined();
  });

  it.each(["", "{}", "[]", "null", '{"actor":1}'])("cannot be read from %s", (json) => {
    expect(readSentence(json, "en")).toBeUndefined();
  });
});

describe("filters", () => {
  it("that cannot be sent are named and left out", () => {
    const filters = { agent: "Ana", verb: "passed", activity: "https://x/1", registration: "12", since: "never" };
    expect([...invalidFilters(filters)]).toEqual(["agent", "verb", "registration"]);
    expect(toFilterMessage(filters)).toMatchObject({ agentJson: "", verb: "", activity: "https://x/1", since: 0n });
    expect(activeFilters({ ...filters, ascending: true })).toBe(5);
  });

  it("count related things only with the thing they relate to", () => {
    expect(toFilterMessage({ relatedAgents: true, relatedActivities: true })).toMatchObject({
      relatedAgents: false,
      relatedActivities: false,
    });
    expect(toFilterMessage({ agent: "a@b.c", relatedAgents: true })).toMatchObject({ relatedAgents: true });
  });
});

describe("the equivalent request", () => {
  const endpoint = "https://learn.example.org/xapi";

  it("has each filter by the name of the specification", () => {
    const filters = { agent: "a@b.c", relatedAgents: true, verb: "http://v/1", since: "2026-11-20T10:00:00.000Z" };
    const url = new URL(statementsUrl(endpoint, { ...filters, ascending: true }, 50));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      agent: '{"mbox":"mailto:a@b.c"}',
      related_agents: "true",
      verb: "http://v/1",
      since: filters.since,
      ascending: "true",
      limit: "50",
    });
    expect(statementsUrl(endpoint, {}, 0)).toBe(`${endpoint}/statements`);
    expect(statementUrl(endpoint, "s1", true)).toBe(`${endpoint}/statements?voidedStatementId=s1`);
  });

  it("passes a shell unharmed", () => {
    expect(curlOf(statementsUrl(endpoint, { activity: "https://x/it's" }, 0))).toContain(
      "activity=https%3A%2F%2Fx%2Fit%27s'",
    );
  });

  it("is the export's too, without order and limit", () => {
    const url = new URL(exportUrl({ verb: "http://v/1", ascending: true }, "csv", "Europe/Berlin"), endpoint);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      format: "csv",
      time_zone: "Europe/Berlin",
      verb: "http://v/1",
    });
  });
});
