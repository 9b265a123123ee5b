import { describe, expect, it } from "vitest";
import { type Change, describeRequirements } from "./testing/describe-requirements.ts";
import { anonymousTeam, identifiedTeam, learner, REMOVED, teacher } from "./testing/example-statement.ts";
import { validateAgent, validateStatement } from "./validate-statement.ts";

const sha1 = "ebd31e95054c018b10727ccffd2ef2ec3a016ee9";
const identifiers = {
  mbox: "mailto:ada@example.com",
  mbox_sha1sum: sha1,
  openid: "https://ada.example.com/openid",
  account: { homePage: "https://lms.example.com", name: "ada" },
};
type Name = keyof typeof identifiers;
const names = Object.keys(identifiers) as Name[];
const only = (name: Name, rest: object = {}) => ({ [name]: identifiers[name], ...rest });
/** An agent stands at all of these. */
const agentPlaces = ["actor", "context.instructor", "context.team.member.0"];
const everywhere = (place: string, refused: unknown): Change[] =>
  agentPlaces.map((path) => [path, refused, { at: `$.${path.replace(".0", "[0]")}${place}` }]);

describeRequirements("agents and groups", [
  {
    id: "XAPI-00031",
    says: "an actor is an agent or a group",
    takes: [
      ["actor", { ...teacher, objectType: "Agent" }],
      ["actor", anonymousTeam],
      ["actor", identifiedTeam],
    ],
    refuses: [
      ["actor.objectType", "Person"],
      ["context.instructor", { ...teacher, objectType: "Activity" }, { at: "$.context.instructor.objectType" }],
    ],
  },
  {
    id: "XAPI-00032",
    says: "objectType is a text",
    refuses: [
      ["actor.objectType", 1],
      ["actor.objectType", {}],
    ],
  },
  {
    id: "XAPI-00033",
    says: "a name is a text",
    takes: [["actor.name", ""]],
    refuses: [
      ["actor.name", 1],
      ["context.team", { ...anonymousTeam, name: {} }, { at: "$.context.team.name" }],
    ],
  },
  {
    id: "XAPI-00034",
    says: "an agent has exactly one identifier",
    takes: names.flatMap((name): Change[] => agentPlaces.map((path) => [path, only(name)])),
    refuses: [
      ...everywhere("", { name: "Nobody" }),
      ...everywhere("", {}),
      ...names.flatMap((one) =>
        names.filter((other) => other !== one).flatMap((other) => everywhere("", { ...only(one), ...only(other) })),
      ),
    ],
  },
  {
    id: "XAPI-00035",
    says: "a group without identifier has members",
    refuses: [
      ["actor", { objectType: "Group" }],
      ["actor", { objectType: "Group", member: [] }],
      ["context.team", { objectType: "Group", name: "Us" }],
    ],
  },
  {
    id: "XAPI-00036",
    says: "the members of a group are agents",
    takes: [
      ["context.team", { ...identifiedTeam, member: [learner] }],
      ["context.team", { ...identifiedTeam, member: [] }],
    ],
    refuses: [
      ["context.team.member", learner],
      ["context.team.member", "us"],
      ["context.team.member.0", "me", { id: "XAPI-00034" }],
      ["context.team.member.0", anonymousTeam, { id: "XAPI-00031", at: "$.context.team.member[0].objectType" }],
    ],
  },
  {
    id: "XAPI-00037",
    says: "a group has one identifier at the most",
    takes: names.map((name): Change => ["context.team", only(name, { objectType: "Group" })]),
    refuses: names
      .filter((name) => name !== "mbox")
      .map((name): Change => ["context.team", { ...identifiedTeam, ...only(name) }]),
  },
  {
    id: "XAPI-00038",
    says: "mbox is mailto: and one address",
    takes: [
      "mailto:a@b.c",
      "mailto:first.last+tag@sub.example.com",
      "mailto:ünder@exämple.com",
      "mailto:a%20b@example.com",
    ].map((mbox): Change => ["actor", { mbox }]),
    refuses: [
      "ada@example.com",
      "mailto:",
      "mailto:ada",
      "mailto:@example.com",
      "mailto:ada@",
      "mailto:a@b@c",
      "mailto:a@b,c@d",
      "mailto:a@b..c",
      "mailto:a b@example.com",
      "mailto:ada@example.com?subject=x",
      "mailto://ada@example.com",
      "https://example.com",
      12,
      {},
    ].map((mbox): Change => ["actor", { mbox }, { at: "$.actor.mbox" }]),
  },
  {
    id: "XAPI-00039",
    says: "mbox_sha1sum is a SHA-1 hash in hexadecimal",
    takes: [["actor", { mbox_sha1sum: sha1.toUpperCase() }]],
    refuses: [1, {}, "", sha1.slice(1), `${sha1}0`, sha1.replace("e", "g")].map(
      (mbox_sha1sum): Change => ["actor", { mbox_sha1sum }, { at: "$.actor.mbox_sha1sum" }],
    ),
  },
  {
    id: "XAPI-00040",
    says: "openid is a URI",
    takes: [["actor", { openid: "https://openid.example.com/ada" }]],
    refuses: [1, {}, "ada", "openid.example.com/ada", "https://openid.example.com/ädä"].map(
      (openid): Change => ["actor", { openid }, { at: "$.actor.openid" }],
    ),
  },
  {
    id: "XAPI-00041",
    says: "an account is an object",
    refuses: [
      ["actor.account", "ada"],
      ["actor.account", []],
    ],
  },
  {
    id: "XAPI-00042",
    says: "an account has a home page, which is an IRL",
    refuses: [
      ["actor.account.homePage", REMOVED],
      ["actor.account.homePage", "lms.example.com"],
      ["actor.account.homePage", "urn:uuid:16fd2706-8baf-433b-82eb-8c7fada847da"],
      ["actor.account.homePage", 1],
    ],
  },
  {
    id: "XAPI-00043",
    says: "an account has a name, which is a text",
    refuses: [
      ["actor.account.name", REMOVED],
      ["actor.account.name", 1],
      ["actor.account.name", {}],
    ],
  },
]);

describe("an agent or group as object", () => {
  const told = { actor: learner, verb: { id: "https://example.com/verbs/met" } };

  it.each([teacher, anonymousTeam, identifiedTeam])("XAPI-00065: needs objectType", (object) => {
    const full = { ...told, object: { objectType: "Agent", ...object } };
    expect(validateStatement(full, "1.0.3")).toEqual([]);
    const { objectType: _, ...without } = full.object;
    expect(validateStatement({ ...told, object: without }, "1.0.3")).toMatchObject([
      { requirement: "XAPI-00065", path: "$.object" },
    ]);
  });
});

describe("validateAgent", () => {
  it("XAPI-00012: holds agents in parameters to the same rules", () => {
    expect(validateAgent(teacher, "1.0.3")).toEqual([]);
    expect(validateAgent("wrong", "1.0.3")).toMatchObject([{ path: "$" }]);
    expect(validateAgent({ mbox: "teacher@example.com" }, "2.0.0")).toMatchObject([
      { path: "$.mbox", requirement: "XAPI-00038" },
    ]);
  });
});
