import { create } from "@bufbuild/protobuf";
import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { present } from "@coursemesh/platform/testing/failure.ts";
import { personCaller } from "@coursemesh/platform/testing/test-mesh.ts";
import { HostFactsSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { Completion } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  addDispatch,
  callsOf,
  type DispatchHarness,
  owner,
  refusal,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";
import { admitted, reasonFor, type TestHost, testHost } from "./launching.ts";

let harness: DispatchHarness;
let host: TestHost;
let now = new Date();
beforeAll(async () => {
  harness = await startDispatch({ now: () => now });
  host = testHost(harness);
});
beforeEach(() => {
  now = new Date();
});
afterAll(async () => {
  await host.stop();
  await harness.stop();
});

const nobody = () => callsOf(harness, anonymous).launches;
const linkOf = (dispatchId: string, wishes: { requestId?: string; returnUrl?: string; learnerId?: string } = {}) => ({
  requestId: wishes.requestId ?? uuidV7(),
  dispatchId,
  learner: { id: wishes.learnerId ?? "jane", name: "Doe, Jane", language: "de" },
  returnUrl: wishes.returnUrl ?? "",
  expireSeconds: 3_600,
});
const make = (dispatchId: string, wishes?: Parameters<typeof linkOf>[1]) =>
  callsOf(harness).launches.createLaunchLink(linkOf(dispatchId, wishes));
const tokenOf = (url: string) => present(/\/dispatch\/v1\/links\/([^/]+)$/.exec(url)?.[1]);
const open = (url: string) => nobody().openLaunchLink({ token: tokenOf(url), host: create(HostFactsSchema) });

describe("a launch link", () => {
  it("starts the dispatch for its learner, as often as it is opened, wherever that is", async () => {
    const dispatch = await addDispatch(harness, { terms: { allowedDomains: ["lms.example"], usageLimit: 1 } });
    const { url } = await make(dispatch.id, { returnUrl: "https://portal.example/done" });
    expect(url).not.toMatch(/jane|doe/i);
    const tokens = [];
    for (const _ of [1, 2]) {
      const answer = await open(url);
      expect(answer.returnUrl).toBe("https://portal.example/done");
      const admission = admitted(answer);
      tokens.push(admission.instanceToken);
      const redeemed = await nobody().redeemExchange({ code: admission.code });
      expect(redeemed).toMatchObject({ bridgeOrigin: "", returnUrl: "https://portal.example/done" });
    }
    expect(new Set(tokens).size).toBe(1);
    expect(harness.runtime.launchRequests.at(-1)).toMatchObject({ locale: "de", frameAncestors: ["*"] });
    const other = await make(dispatch.id, { learnerId: "joe" });
    expect(reasonFor(await open(other.url))).toBe("USAGE_LIMIT_EXCEEDED");
  });

  it("leaves no result that a host owes an answer for, until a host is there", async () => {
    const dispatch = await addDispatch(harness);
    const admission = admitted(await open((await make(dispatch.id)).url));
    const { sessionToken } = await nobody().redeemExchange({ code: admission.code });
    const [session] = await harness.sql<{ registration_id: string }>(
      "select registration_id from external_session where dispatch_id = $1",
      [dispatch.id],
    );
    harness.runtime.setResult(present(session).registration_id, { completion: Completion.COMPLETE });
    await nobody().getPendingResults({ sessionToken });
    const owed = async () =>
      (await callsOf(harness).receipts.listUnacknowledgedResults({ dispatchId: dispatch.id })).results.length;
    expect(await owed()).toBe(0);
    const { admission: inHost } = await host.launch(await host.importPackage(dispatch), "jane");
    expect(inHost.instanceToken).toBe(admission.instanceToken);
    expect(inHost.pendingResults).toHaveLength(1);
    expect(await owed()).toBe(1);
  });

  it("is the same for a repeated request, and for nobody without the right to make it", async () => {
    const { id } = await addDispatch(harness);
    const request = linkOf(id);
    const calls = callsOf(harness).launches;
    expect(await calls.createLaunchLink(request)).toEqual(await calls.createLaunchLink(request));
    const other = calls.createLaunchLink({ ...request, expireSeconds: 60 });
    expect(await refusal(other)).toBe("REQUEST_ID_REUSED");
    const viewer = callsOf(harness, personCaller(owner.organizationId, "viewer")).launches;
    expect(await refusal(viewer.createLaunchLink(linkOf(id)))).toBe("PERMISSION_MISSING");
    expect(await refusal(callsOf(harness, stranger).launches.createLaunchLink(linkOf(id)))).toBe("DISPATCH_NOT_FOUND");
    expect(await refusal(make(id, { learnerId: " " }))).toBe("FIELD_INVALID");
    expect(await refusal(make(id, { returnUrl: "javascript:alert(1)" }))).toBe("FIELD_INVALID");
  });

  it("opens nothing when it is old, changed, or its key was revoked", async () => {
    const { id } = await addDispatch(harness);
    const { url } = await make(id);
    const [prefix, key, link, hash] = tokenOf(url).split(".");
    const { url: other } = await make(id);
    const [, , otherLink] = tokenOf(other).split(".");
    for (const token of [`${prefix}.${key}.${otherLink}.${hash}`, `${prefix}.k0.${link}.${hash}`, "x", `${url}.y`]) {
      expect(await refusal(nobody().openLaunchLink({ token, host: create(HostFactsSchema) }))).toBe("EXCHANGE_INVALID");
    }
    expect(admitted(await open(url))).toBeDefined();
    await callsOf(harness).signingKeys.rotateSigningKey({ requestId: uuidV7() });
    expect(admitted(await open(url))).toBeDefined();
    await callsOf(harness).signingKeys.revokeSigningKey({ id: present(key) });
    expect(await refusal(open(url))).toBe("EXCHANGE_INVALID");
    const { url: last } = await make(id);
    now = new Date(now.getTime() + 3_600_000);
    expect(await refusal(open(last))).toBe("EXCHANGE_INVALID");
  });
});

describe("a trial", () => {
  it("plays the course as a preview under no terms, and counts nowhere", async () => {
    const dispatch = await addDispatch(harness, { terms: { usageLimit: 1, allowNewRegistrations: false } });
    const calls = callsOf(harness);
    const request = { requestId: uuidV7(), id: dispatch.id };
    const { url } = await calls.dispatches.createTestLaunch(request);
    expect((await calls.dispatches.createTestLaunch(request)).url).toBe(url);
    const [address, code = ""] = url.split("#");
    expect(address).toBe(`http://dispatch.test/dispatch/v1/bridge/${dispatch.id}`);
    const { sessionToken, playerUrl } = await nobody().redeemExchange({ code });
    expect(playerUrl).not.toBe("");
    expect(harness.runtime.previewRequests.at(-1)?.courseVersionId).toBe(
      harness.catalog.currentVersionOf(dispatch.courseId),
    );
    expect(await nobody().getPendingResults({ sessionToken })).toMatchObject({ results: [], over: false });
    const { licence } = await calls.licences.getLicence({ of: { case: "dispatchId", value: dispatch.id } });
    expect(licence?.usage).toMatchObject({ used: 0n, seatsTaken: 0 });
    expect((await calls.sessions.listExternalSessions({ dispatchId: dispatch.id })).externalSessions).toEqual([]);
  });
});

describe("the page around the player", () => {
  it("may be framed by those whom dispatch or destination allow", async () => {
    const any = await addDispatch(harness, { branding: { primaryColor: "#112233" } });
    expect(await nobody().getBridge({ dispatchId: any.id })).toMatchObject({
      frameAncestors: ["*"],
      branding: { primaryColor: "#112233" },
      courseTitle: any.name,
    });
    const { id: dispatchId } = await addDispatch(harness, { terms: { allowedDomains: ["*.lms.example"] } });
    const { frameAncestors } = await nobody().getBridge({ dispatchId });
    expect(frameAncestors).toEqual(["https://*.lms.example:*", "http://*.lms.example:*"]);
    expect(await refusal(nobody().getBridge({ dispatchId: uuidV7() }))).toBe("EXCHANGE_INVALID");
  });

  it("and the player in it by those and by us", async () => {
    const { id } = await addDispatch(harness, { terms: { allowedDomains: ["lms.example"] } });
    await host.launch(await host.importPackage({ id }), "jane");
    expect(harness.runtime.launchRequests.at(-1)?.frameAncestors).toEqual([
      "http://dispatch.test",
      "https://lms.example:*",
      "http://lms.example:*",
    ]);
  });
});
