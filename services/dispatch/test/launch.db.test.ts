import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { DispatchLaunchedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDispatch, callsOf, type DispatchHarness, owner, refusal, startDispatch } from "./dispatch-harness.ts";
import { CONTENT_URL } from "./fake-runtime.ts";
import { admitted, type TestHost, testHost } from "./launching.ts";

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
const imported = async (wishes: Parameters<typeof addDispatch>[1] = {}) =>
  host.importPackage(await addDispatch(harness, wishes));

describe("a launch from a package", () => {
  it("becomes a launch of the player, with a registration that carries the dispatch's facts", async () => {
    const course = harness.catalog.addCourse(owner.organizationId, "Fire safety");
    const dispatch = await addDispatch(harness, { courseId: course.id, tags: ["acme"], name: "Fire safety for ACME" });
    const from = await host.importPackage(dispatch);
    const request = host.request(from, "jane", { learner: { name: "Doe, Jane", language: "de_DE" } });
    const admission = admitted(await host.open(request));
    expect(admission).toMatchObject({
      playerUrl: `http://dispatch.test/dispatch/v1/bridge/${dispatch.id}`,
      playerOrigin: "http://dispatch.test",
      bridgeProtocolVersion: 1,
      hostOptions: { suspendWhenIncomplete: true },
      pendingResults: [],
    });
    expect(admission.instanceToken.length).toBeLessThanOrEqual(200);
    const redeemed = await nobody().redeemExchange({ code: admission.code, parentOrigin: "https://lms.example" });
    expect(redeemed).toMatchObject({
      playerUrl: expect.stringMatching(new RegExp(`^${CONTENT_URL}/l/`)),
      bridgeSecret: admission.bridgeSecret,
      sessionToken: admission.sessionToken,
      bridgeOrigin: "https://lms.example",
      courseTitle: "Fire safety for ACME",
    });
    const [made] = harness.runtime.registrationRequests.slice(-1);
    expect(made).toMatchObject({ courseId: course.id, source: "dispatch", tags: ["acme"] });
    expect(made?.learner).toMatchObject({ id: expect.stringMatching(/\/jane$/), firstName: "Jane", lastName: "Doe" });
    const launch = harness.runtime.launchRequests.at(-1);
    expect(launch).toMatchObject({ locale: "de-DE", frameAncestors: ["*"] });
    const [event] = (await harness.announced(DispatchLaunchedSchema)).slice(-1);
    expect(event).toMatchObject({
      dispatchId: dispatch.id,
      launchId: redeemed.launchId,
      learnerId: "jane",
      courseId: course.id,
      first: true,
    });
  });

  it("gets the same answer when it is asked again within a minute, and none later", async () => {
    const from = await imported();
    const request = host.request(from, "jane");
    const answers = await Promise.all([1, 2, 3].map(() => host.open(request)));
    const [first] = answers.map(admitted);
    for (const answer of answers) expect(admitted(answer)).toEqual(first);
    const { rows } = {
      rows: await harness.sql("select from launch_exchange where dispatch_id = $1", [from.dispatchId]),
    };
    expect(rows).toHaveLength(1);
    const other = host.open({ ...request, freshEntry: false });
    expect(await refusal(other)).toBe("REQUEST_ID_REUSED");
    now = new Date(now.getTime() + 61_000);
    expect(await refusal(host.open(request))).toBe("EXCHANGE_INVALID");
  });

  it("is nothing of a dispatch that is not there", async () => {
    const from = await imported();
    expect(await refusal(host.open(host.request({ ...from, dispatchId: uuidV7() }, "jane")))).toBe("EXCHANGE_INVALID");
  });
});

describe("a code", () => {
  it("ends the launch it made when it comes a second time", async () => {
    const { code } = admitted(await host.open(host.request(await imported(), "jane")));
    const { launchId, sessionToken } = await nobody().redeemExchange({ code });
    expect(await refusal(nobody().redeemExchange({ code }))).toBe("EXCHANGE_INVALID");
    expect(harness.runtime.revoked).toContain(launchId);
    expect((await nobody().getPendingResults({ sessionToken })).over).toBe(true);
  });

  it("makes one launch, or none, when two redeem it at once", async () => {
    const { code } = admitted(await host.open(host.request(await imported(), "jane")));
    const before = harness.runtime.revoked.length;
    const answers = await Promise.allSettled([1, 2].map(() => nobody().redeemExchange({ code })));
    expect(answers.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
    expect(harness.runtime.revoked.length).toBeGreaterThan(before);
  });

  it("gives the same answer again to the page whose answer was lost, as long as it is good", async () => {
    const { code } = admitted(await host.open(host.request(await imported(), "jane")));
    const requestId = uuidV7();
    const first = await nobody().redeemExchange({ code, requestId });
    expect(await nobody().redeemExchange({ code, requestId })).toEqual(first);
    now = new Date(now.getTime() + 61_000);
    expect(await refusal(nobody().redeemExchange({ code, requestId }))).toBe("EXCHANGE_INVALID");
    expect(harness.runtime.revoked).toContain(first.launchId);
  });

  it("is refused when it is old, unknown, or shown by a page of another origin", async () => {
    const from = await imported();
    const opened = async () => admitted(await host.open(host.request(from, "jane"))).code;
    const { code } = { code: await opened() };
    expect(await refusal(nobody().redeemExchange({ code, parentOrigin: "https://evil.example" }))).toBe(
      "EXCHANGE_INVALID",
    );
    expect(await refusal(nobody().redeemExchange({ code: "x".repeat(43) }))).toBe("EXCHANGE_INVALID");
    const late = await opened();
    now = new Date(now.getTime() + 60_000);
    expect(await refusal(nobody().redeemExchange({ code: late }))).toBe("EXCHANGE_INVALID");
  });
});
