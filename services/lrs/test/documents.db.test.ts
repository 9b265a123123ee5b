import { createHash } from "node:crypto";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { ActivityProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_profile_pb.ts";
import { AgentProfileService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_profile_pb.ts";
import type { Document } from "@coursemesh/proto/coursemesh/lrs/v1/document_pb.ts";
import { StateService } from "@coursemesh/proto/coursemesh/lrs/v1/state_pb.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LrsHarness, owner, startLrs, stranger } from "./lrs-harness.ts";

let lrs: LrsHarness;
let clock = Date.parse("2026-01-01T00:00:00.000Z");
beforeAll(async () => {
  lrs = await startLrs({ now: () => new Date(clock) });
});
afterAll(() => lrs.stop());

const ann = JSON.stringify({ mbox: "mailto:ann@example.org" });
const json = "application/json";
const tagOf = (text: string | Uint8Array): string => `"${createHash("sha1").update(text).digest("hex")}"`;

interface Write {
  readonly type?: string;
  readonly version?: XapiVersion;
  readonly ifMatch?: string[];
  readonly ifNoneMatch?: string[];
}
/** What the three resources have in common, so that one test speaks of all. */
interface Resource {
  get(id: string): Promise<Document | undefined>;
  put(id: string, content: string | Uint8Array, write?: Write): Promise<string>;
  merge(id: string, content: string | Uint8Array, write?: Write): Promise<string>;
  remove(id: string, write?: Write): Promise<unknown>;
  list(since?: number, pageSize?: number, pageToken?: string): Promise<{ ids: string[]; next: string }>;
}

const bodyOf = (
  content: string | Uint8Array,
  { type = json, version = XapiVersion.V2_0_0, ...conditions }: Write = {},
) => ({
  content: typeof content === "string" ? Buffer.from(content) : content,
  contentType: type,
  version,
  precondition: conditions,
});
const sinceOf = (since?: number) => (since === undefined ? {} : { since: timestampFromMs(since) });

function stateOf(activityId: string, agentJson = ann, registration = "", caller = owner): Resource {
  const service = lrs.mesh.clients.of(StateService);
  const scope = { activityId, agentJson, registration };
  const run = <T>(work: () => Promise<T>): Promise<T> => as(caller, work);
  return {
    get: (stateId) => run(async () => (await service.getState({ scope, stateId })).document),
    put: (stateId, content, write) =>
      run(async () => (await service.putState({ scope, stateId, ...bodyOf(content, write) })).etag),
    merge: (stateId, content, write) =>
      run(async () => (await service.mergeState({ scope, stateId, ...bodyOf(content, write) })).etag),
    remove: (stateId, write = {}) => run(() => service.deleteState({ scope, stateId, precondition: write })),
    list: (since, pageSize = 0, pageToken = "") =>
      run(async () => {
        const { stateIds, page } = await service.listStates({
          scope,
          page: { pageSize, pageToken },
          ...sinceOf(since),
        });
        return { ids: stateIds, next: page?.nextPageToken ?? "" };
      }),
  };
}

function activityProfileOf(activityId: string, caller = owner): Resource {
  const service = lrs.mesh.clients.of(ActivityProfileService);
  const run = <T>(work: () => Promise<T>): Promise<T> => as(caller, work);
  return {
    get: (profileId) => run(async () => (await service.getActivityProfile({ activityId, profileId })).document),
    put: (profileId, content, write) =>
      run(async () => (await service.putActivityProfile({ activityId, profileId, ...bodyOf(content, write) })).etag),
    merge: (profileId, content, write) =>
      run(async () => (await service.mergeActivityProfile({ activityId, profileId, ...bodyOf(content, write) })).etag),
    remove: (profileId, write = {}) =>
      run(() => service.deleteActivityProfile({ activityId, profileId, precondition: write })),
    list: (since, pageSize = 0, pageToken = "") =>
      run(async () => {
        const page = { pageSize, pageToken };
        const answer = await service.listActivityProfiles({ activityId, page, ...sinceOf(since) });
        return { ids: answer.profileIds, next: answer.page?.nextPageToken ?? "" };
      }),
  };
}

function agentProfileOf(name: string, caller = owner): Resource {
  const service = lrs.mesh.clients.of(AgentProfileService);
  const agentJson = JSON.stringify({ account: { homePage: "https://lms.example", name } });
  const run = <T>(work: () => Promise<T>): Promise<T> => as(caller, work);
  return {
    get: (profileId) => run(async () => (await service.getAgentProfile({ agentJson, profileId })).document),
    put: (profileId, content, write) =>
      run(async () => (await service.putAgentProfile({ agentJson, profileId, ...bodyOf(content, write) })).etag),
    merge: (profileId, content, write) =>
      run(async () => (await service.mergeAgentProfile({ agentJson, profileId, ...bodyOf(content, write) })).etag),
    remove: (profileId, write = {}) =>
      run(() => service.deleteAgentProfile({ agentJson, profileId, precondition: write })),
    list: (since, pageSize = 0, pageToken = "") =>
      run(async () => {
        const page = { pageSize, pageToken };
        const answer = await service.listAgentProfiles({ agentJson, page, ...sinceOf(since) });
        return { ids: answer.profileIds, next: answer.page?.nextPageToken ?? "" };
      }),
  };
}

/** Each resource, with a place of the test's own. */
const resources: [string, (place: string, caller?: typeof owner) => Resource][] = [
  ["state", (place, caller = owner) => stateOf(`https://example.org/${place}`, ann, "", caller)],
  ["activity profile", (place, caller) => activityProfileOf(`https://example.org/${place}`, caller)],
  ["agent profile", (place, caller) => agentProfileOf(place, caller)],
];

describe.each(resources)("%s documents", (_name, of) => {
  it("keep content type and bytes exactly, under the SHA-1 as ETag (XAPI-00322)", async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 0x7b]);
    const documents = of("bytes");
    const etag = await documents.put("b", bytes, { type: "image/x-odd; q=1" });
    expect(await documents.get("b")).toMatchObject({ id: "b", contentType: "image/x-odd; q=1", etag });
    expect(Buffer.from(present(await documents.get("b")).content)).toEqual(bytes);
    expect(etag).toBe(tagOf(bytes));
    expect(await documents.put("c", ' {"a" : 1.0} ', { type: `${json}; charset=utf-8` })).toBe(tagOf(' {"a" : 1.0} '));
    expect(Buffer.from(present(await documents.get("c")).content).toString()).toBe(' {"a" : 1.0} ');
    await documents.put("empty", "", { type: "" });
    expect(await documents.get("empty")).toMatchObject({
      contentType: "application/octet-stream",
      etag: tagOf(""),
    });
  });

  it("are refused and left alone when a condition does not hold (XAPI-00322)", async () => {
    const documents = of("conditions");
    const one = await documents.put("d", '{"n":1}', { ifNoneMatch: ["*"] });
    const wrong = tagOf("other");
    for (const refused of [
      () => documents.put("d", "{}", { ifNoneMatch: ["*"] }),
      () => documents.put("d", "{}", { ifMatch: [wrong] }),
      () => documents.merge("d", '{"m":1}', { ifMatch: [wrong] }),
      () => documents.merge("d", '{"m":1}', { ifNoneMatch: [one] }),
      () => documents.remove("d", { ifMatch: [wrong] }),
    ]) {
      expect(await failure(refused())).toEqual({ reason: "PRECONDITION_FAILED", metadata: { etag: one } });
    }
    const absent = { reason: "PRECONDITION_FAILED", metadata: { etag: "" } };
    expect(await failure(documents.put("none", "{}", { ifMatch: ["*"] }))).toEqual(absent);
    expect(await failure(documents.remove("none", { ifMatch: [one] }))).toEqual(absent);
    expect(present(await documents.get("d")).etag).toBe(one);
    const two = await documents.merge("d", '{"m":1}', { ifMatch: [wrong, one] });
    expect(two).toBe(tagOf('{"n":1,"m":1}'));
    await documents.put("d", "{}", { ifMatch: [two] });
    await documents.remove("d", { ifMatch: ["*"] });
    expect((await failure(documents.get("d"))).reason).toBe("DOCUMENT_NOT_FOUND");
    await documents.remove("d");
  });

  it("demand a condition before they are replaced, and tell the ETag to use", async () => {
    const documents = of("demand");
    const etag = await documents.put("d", "{}");
    const refused = await failure(documents.put("d", '{"a":1}'));
    expect(refused).toEqual({ reason: "PRECONDITION_REQUIRED", metadata: { etag } });
    expect(await documents.merge("d", '{"a":1}')).toBe(tagOf('{"a":1}'));
  });

  it("are merged at the top level, when both are JSON objects (XAPI-00183, XAPI-00184, XAPI-00232, XAPI-00233)", async () => {
    const documents = of("merge");
    await documents.merge("m", '{"car":{"make":"Ford","model":"Escape"},"driver":"Dale"}');
    await documents.merge("m", '{"car":{"make":"Dodge"}}', { type: `${json};charset=UTF-8` });
    expect(Buffer.from(present(await documents.get("m")).content).toString()).toBe(
      '{"car":{"make":"Dodge"},"driver":"Dale"}',
    );
    await documents.put("text", "plain", { type: "text/plain" });
    await documents.put("list", "[1]");
    for (const [id, content, type] of [
      ["m", "abc", "not/json"],
      ["m", '{"a":1}{', json],
      ["m", "[1]", json],
      ["text", '{"a":1}', json],
      ["list", '{"a":1}', json],
      ["new", '{"a":', json],
    ] as const) {
      expect((await failure(documents.merge(id, content, { type }))).reason).toBe("DOCUMENT_NOT_MERGEABLE");
    }
    await documents.merge("new", "anything", { type: "text/plain" });
    expect(present(await documents.get("new")).contentType).toBe("text/plain");
    expect(present(await documents.get("m")).content.length).toBe(40);
  });

  it("lose no merge of many at once, and make one first", async () => {
    const documents = of("race");
    const keys = Array.from({ length: 24 }, (_, index) => `k${index}`);
    await Promise.all(keys.map((key) => documents.merge("r", JSON.stringify({ [key]: key }))));
    const merged: object = JSON.parse(Buffer.from(present(await documents.get("r")).content).toString());
    expect(Object.keys(merged).toSorted()).toEqual(keys.toSorted());
    const firsts = keys.map((key) =>
      documents.put("first", JSON.stringify(key), { ifNoneMatch: ["*"] }).then(
        () => 1,
        () => 0,
      ),
    );
    expect((await Promise.all(firsts)).filter((made) => made === 1)).toHaveLength(1);
  });

  it("list their ids, since a time, page by page (XAPI-00195)", async () => {
    const documents = of("list");
    const begin = clock;
    for (const id of ["b", "a", "ä", "B", "c"]) {
      clock += 1_000;
      await documents.put(id, "{}");
    }
    expect((await documents.list()).ids).toEqual(["B", "a", "b", "c", "ä"]);
    expect((await documents.list(begin + 3_000)).ids).toEqual(["B", "c"]);
    clock += 1_000;
    await documents.merge("b", "{}");
    expect((await documents.list(clock - 1_000)).ids).toEqual(["b"]);
    const first = await documents.list(undefined, 3);
    const second = await documents.list(undefined, 3, first.next);
    expect([first.ids, second.ids, second.next]).toEqual([["B", "a", "b"], ["c", "ä"], ""]);
    expect((await failure(of("other").list(undefined, 3, first.next))).reason).toBe("PAGE_TOKEN_INVALID");
  });

  it("are an organization's own", async () => {
    await of("own").put("d", '{"secret":1}');
    const theirs = of("own", stranger);
    expect((await failure(theirs.get("d"))).reason).toBe("DOCUMENT_NOT_FOUND");
    expect((await theirs.list()).ids).toEqual([]);
    await theirs.put("d", "{}", { ifNoneMatch: ["*"] });
    await theirs.remove("d");
    expect(present(await of("own").get("d")).content.length).toBe(12);
  });

  it("grow to 4 MiB and no further", async () => {
    const documents = of("large");
    const half = "x".repeat(2_100_000);
    await documents.merge("l", JSON.stringify({ one: half }));
    expect(await failure(documents.merge("l", JSON.stringify({ two: half })))).toEqual({
      reason: "DOCUMENT_TOO_LARGE",
      metadata: { max_bytes: "4194304" },
    });
  });
});

it("does without a condition for state in 1.0.3, which asks it of profiles alone (XAPI-00322)", async () => {
  const old = { version: XapiVersion.V1_0_3 };
  const state = stateOf("https://example.org/old");
  await state.put("s", "1", old);
  expect(await state.put("s", "2", old)).toBe(tagOf("2"));
  for (const profile of [activityProfileOf("https://example.org/old"), agentProfileOf("old")]) {
    const required = { reason: "PRECONDITION_REQUIRED", metadata: { etag: "" } };
    expect(await failure(profile.put("p", "1", old))).toEqual(required);
    await profile.put("p", "1", { ...old, ifNoneMatch: ["*"] });
    expect((await failure(profile.put("p", "2", old))).reason).toBe("PRECONDITION_REQUIRED");
  }
});

describe("the scope of state", () => {
  const activity = "https://example.org/scope";
  const registration = "5fb2f0b8-1f0c-4d52-9d3c-0b6a6a5a7a01";
  const bob = JSON.stringify({ mbox: "mailto:bob@example.org" });

  it("is activity, agent and registration, of which none is a value of its own", async () => {
    await stateOf(activity).put("s", "none");
    await stateOf(activity, ann, registration).put("s", "registered");
    await stateOf(activity, bob).put("s", "bob");
    await stateOf(`${activity}2`).put("s", "elsewhere");
    const contents = await Promise.all(
      [
        stateOf(activity),
        stateOf(activity, ann, registration.toUpperCase()),
        stateOf(activity, JSON.stringify({ mbox: "mailto:bob@EXAMPLE.org", name: "Bob", objectType: "Agent" })),
        stateOf(`${activity}2`),
      ].map(async (state) => Buffer.from(present(await state.get("s")).content).toString()),
    );
    expect(contents).toEqual(["none", "registered", "bob", "elsewhere"]);
  });

  it("lists and removes those of all registrations unless one is named (XAPI-00193)", async () => {
    const scope = { activityId: `${activity}/many`, agentJson: ann };
    const service = lrs.mesh.clients.of(StateService);
    const many = stateOf(scope.activityId);
    const registered = stateOf(scope.activityId, ann, registration);
    const theirs = stateOf(scope.activityId, bob);
    await Promise.all([many.put("a", "1"), registered.put("a", "2"), registered.put("b", "3"), theirs.put("a", "4")]);
    expect([(await many.list()).ids, (await registered.list()).ids]).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
    await as(owner, () => service.deleteStates({ scope: { ...scope, registration } }));
    expect([(await many.list()).ids, (await registered.list()).ids]).toEqual([["a"], []]);
    await registered.put("b", "5");
    await as(stranger, () => service.deleteStates({ scope }));
    expect((await many.list()).ids).toEqual(["a", "b"]);
    await as(owner, () => service.deleteStates({ scope }));
    expect([(await many.list()).ids, (await theirs.list()).ids]).toEqual([[], ["a"]]);
  });

  it.each([
    ["no JSON", "not json", "$"],
    ["no agent", "[]", "$"],
    ["an agent without identifier", '{"name":"Ann"}', "$"],
    ["an anonymous group", '{"objectType":"Group","member":[{"mbox":"mailto:a@example.org"}]}', "$"],
    ["a wrong address", '{"mbox":"ann@example.org"}', "$.mbox"],
    ["a key twice", '{"mbox":"mailto:a@example.org","mbox":"mailto:b@example.org"}', "$"],
  ])("is refused with %s as agent", async (_case, agentJson, path) => {
    const refused = await failure(stateOf(activity, agentJson).get("s"));
    expect(refused).toMatchObject({ reason: "AGENT_INVALID", metadata: { path: expect.stringContaining(path) } });
  });
});
