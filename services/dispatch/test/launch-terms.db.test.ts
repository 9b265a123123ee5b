import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { present } from "@coursemesh/platform/testing/failure.ts";
import { DeploymentStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import {
  DispatchLimitReachedSchema,
  DispatchRefusedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  addDestination,
  addDispatch,
  callsOf,
  type DispatchHarness,
  owner,
  startDispatch,
} from "./dispatch-harness.ts";
import { admitted, type LaunchWishes, reasonFor, type TestHost, testHost } from "./launching.ts";

/** The required figure; a short run is enough to tell right from wrong. */
const LAUNCHES = Number(process.env.DISPATCH_LAUNCHES ?? "200");
const DAY_MS = 24 * 60 * 60 * 1000;

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

const calls = () => callsOf(harness);
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const change = (dispatch: Dispatch, paths: string[], wishes: Partial<Dispatch>) =>
  calls().dispatches.updateDispatch({ dispatch: { ...dispatch, etag: "", ...wishes }, updateMask: { paths } });
/** Opens a launch, and says how it went. */
const attempt = async (from: Parameters<TestHost["request"]>[0], learner: string, wishes?: LaunchWishes) =>
  reasonFor(await host.open(host.request(from, learner, wishes)));
const usageOf = async ({ id }: Pick<Dispatch, "id">) =>
  present((await calls().licences.getLicence({ of: { case: "dispatchId", value: id } })).licence?.usage);

describe("the last place", () => {
  it(`is given once: of ${LAUNCHES} launches at the same time exactly those that have a seat are admitted`, async () => {
    const seats = Math.ceil(LAUNCHES / 4);
    const dispatch = await addDispatch(harness, { terms: { seatLimit: seats, seatIdleSeconds: 3_600 } });
    const from = await host.importPackage(dispatch);
    const outcomes = await Promise.all(
      Array.from({ length: LAUNCHES }, (_, index) => attempt(from, `learner ${index}`)),
    );
    const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
    expect([count("admitted"), count("SEATS_TAKEN")]).toEqual([seats, LAUNCHES - seats]);
    expect(await usageOf(dispatch)).toMatchObject({ used: BigInt(seats), seatsTaken: seats });
    const events = await harness.announced(DispatchLimitReachedSchema);
    expect(events.filter((it) => it.dispatchId === dispatch.id)).toHaveLength(1);
  });

  it("is given once among the dispatches of a customer whose terms are narrower", async () => {
    const { id: destinationId } = await addDestination(harness, { terms: { usageLimit: 5 } });
    const packages = await Promise.all(
      [1, 2].map(async () => host.importPackage(await addDispatch(harness, { destinationId }))),
    );
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => attempt(present(packages[index % 2]), `learner ${index}`)),
    );
    expect(outcomes.filter((outcome) => outcome === "admitted")).toHaveLength(5);
    const events = await harness.announced(DispatchLimitReachedSchema);
    expect(events.filter((it) => it.destinationId === destinationId).map((it) => it.dispatchId)).toEqual([""]);
  });

  it("counts a learner once, however often and in however many instances", async () => {
    const dispatch = await addDispatch(harness, { terms: { usageLimit: 2 } });
    const from = await host.importPackage(dispatch);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => attempt(from, "jane")));
    expect(new Set(outcomes)).toEqual(new Set(["admitted"]));
    expect(await usageOf(dispatch)).toMatchObject({ used: 1n, usedTotal: 1n });
    expect([await attempt(from, "joe"), await attempt(from, "jim")]).toEqual(["admitted", "USAGE_LIMIT_EXCEEDED"]);
    await calls().licences.resetUsage({ requestId: uuidV7(), of: { case: "dispatchId", value: dispatch.id } });
    expect([await attempt(from, "jane"), await attempt(from, "jim")]).toEqual(["admitted", "admitted"]);
    expect(await usageOf(dispatch)).toMatchObject({ used: 1n, usedTotal: 3n });
  });
});

describe("a seat", () => {
  it("is free again when nobody used it for a while, and stays taken while its learner plays", async () => {
    const from = await host.importPackage(
      await addDispatch(harness, { terms: { seatLimit: 2, seatIdleSeconds: 600 } }),
    );
    const { sessionToken } = await host.launch(from, "jane");
    await host.launch(from, "joe");
    expect(await attempt(from, "jim")).toBe("SEATS_TAKEN");
    later(400_000);
    await calls().launches.getPendingResults({ sessionToken });
    later(400_000);
    expect([await attempt(from, "jim"), await attempt(from, "joe")]).toEqual(["admitted", "SEATS_TAKEN"]);
    expect(await attempt(from, "jane")).toBe("admitted");
  });

  it("that was given up may be taken by somebody else; one that was revoked is its learner's last", async () => {
    const dispatch = await addDispatch(harness, { terms: { seatLimit: 1 } });
    const from = await host.importPackage(dispatch);
    const jane = await host.launch(from, "jane");
    const seat = async () => present((await calls().licences.listSeats({ dispatchId: dispatch.id })).seats[0]).id;
    await calls().licences.releaseSeat({ dispatchId: dispatch.id, seatId: await seat(), revoke: true });
    expect(await attempt(from, "joe")).toBe("admitted");
    expect(await attempt(from, "jane")).toBe("REVOKED");
    expect((await calls().launches.getPendingResults({ sessionToken: jane.sessionToken })).over).toBe(true);
    await expect.poll(() => harness.runtime.revoked, { timeout: 10_000 }).toContain(jane.redeemed.launchId);
  });
});

describe("terms", () => {
  it("that end let learners finish who are in, and nobody else; unless they end access", async () => {
    const terms = { expireTime: timestampFromDate(new Date(now.getTime() + DAY_MS)) };
    const dispatch = await addDispatch(harness, { terms });
    const from = await host.importPackage(dispatch);
    expect(await attempt(from, "jane")).toBe("admitted");
    later(2 * DAY_MS);
    expect([await attempt(from, "jane"), await attempt(from, "joe")]).toEqual(["admitted", "PACKAGE_EXPIRED"]);
    await change(dispatch, ["terms.revoke_on_end"], { terms: { ...present(dispatch.terms), revokeOnEnd: true } });
    expect(await attempt(from, "jane")).toBe("PACKAGE_EXPIRED");
  });

  it("that end access end what is under way", async () => {
    const terms = { expireTime: timestampFromDate(new Date(now.getTime() + 60_000)) };
    const [ending, finishing] = await Promise.all(
      [true, false].map(async (revokeOnEnd) => {
        const from = await host.importPackage(await addDispatch(harness, { terms: { ...terms, revokeOnEnd } }));
        return host.launch(from, "jane");
      }),
    );
    later(61_000);
    const isOver = async (launch: typeof ending) =>
      (await calls().launches.getPendingResults({ sessionToken: present(launch).sessionToken })).over;
    await expect.poll(() => isOver(ending), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => harness.runtime.revoked, { timeout: 10_000 }).toContain(present(ending).redeemed.launchId);
    expect(await isOver(finishing)).toBe(false);
    expect(harness.runtime.revoked).not.toContain(present(finishing).redeemed.launchId);
  });

  it("are felt at the next launch, without another package", async () => {
    const dispatch = await addDispatch(harness);
    const from = await host.importPackage(dispatch);
    expect(await attempt(from, "jane")).toBe("admitted");
    await change(dispatch, ["enabled"], { enabled: false });
    expect(await attempt(from, "jane")).toBe("DISABLED");
    const allowedDomains = ["*.lms.example"];
    await change(dispatch, ["enabled", "terms.allowed_domains"], {
      enabled: true,
      terms: { ...present(dispatch.terms), allowedDomains },
    });
    expect(await attempt(from, "jane")).toBe("DOMAIN_NOT_ALLOWED");
    expect(await attempt(from, "jane", { host: { origin: "https://acme.lms.example:8443" } })).toBe("admitted");
    expect(await attempt(from, "jane", { host: { origin: "null", referrer: "https://a.lms.example/c/1" } })).toBe(
      "admitted",
    );
    expect(await attempt(from, "jane", { host: { origin: "" } })).toBe("DOMAIN_NOT_ALLOWED");
  });

  it("hold for the deployment that was suspended, and for no other", async () => {
    const dispatch = await addDispatch(harness);
    const from = await host.importPackage(dispatch);
    expect(await attempt(from, "jane")).toBe("admitted");
    const { deployments } = await calls().deployments.listDeployments({ dispatchId: dispatch.id });
    const deployment = present(deployments[0]);
    await calls().deployments.updateDeployment({
      deployment: { ...deployment, status: DeploymentStatus.SUSPENDED },
      updateMask: { paths: ["status"] },
    });
    expect(await attempt(from, "jane")).toBe("DEPLOYMENT_SUSPENDED");
    expect(await attempt(from, "jane", { host: { origin: "https://other.example" } })).toBe("admitted");
  });

  it("do not matter where the course is gone", async () => {
    const course = harness.catalog.addCourse(owner.organizationId);
    const from = await host.importPackage(await addDispatch(harness, { courseId: course.id }));
    expect(await attempt(from, "jane")).toBe("admitted");
    course.archived = true;
    expect([await attempt(from, "jane"), await attempt(from, "joe")]).toEqual(["admitted", "COURSE_UNAVAILABLE"]);
    harness.catalog.removeCourse(course.id);
    expect(await attempt(from, "jane")).toBe("COURSE_UNAVAILABLE");
  });
});

describe("a package", () => {
  it("is refused when anything of it was changed", async () => {
    const dispatch = await addDispatch(harness);
    const from = await host.importPackage(dispatch);
    const other = await host.importPackage(await addDispatch(harness));
    const [prefix, key, hash = ""] = from.packageSignature.split(".");
    const flipped = `${hash.startsWith("A") ? "B" : "A"}${hash.slice(1)}`;
    const tampered = [
      { ...from, packageId: uuidV7() },
      { ...from, packageId: other.packageId },
      { ...other, dispatchId: dispatch.id },
      { ...from, packageSignature: other.packageSignature },
      { ...from, packageSignature: `${prefix}.${key}.${flipped}` },
      { ...from, packageSignature: `${prefix}.k000.${hash}` },
      { ...from, packageSignature: "nonsense" },
    ];
    for (const one of tampered) expect(await attempt(one, "jane")).toBe("PACKAGE_INVALID");
    expect(await attempt(from, "jane")).toBe("admitted");
    expect(await usageOf(dispatch)).toMatchObject({ used: 1n, refusalCount: BigInt(tampered.length) });
  });

  it("is refused when it, all before it, or its key was revoked, and the next one works", async () => {
    const dispatch = await addDispatch(harness);
    const [first, second] = [await host.importPackage(dispatch), await host.importPackage(dispatch)];
    await calls().packages.revokePackage({ id: first.packageId });
    expect([await attempt(first, "jane"), await attempt(second, "jane")]).toEqual(["PACKAGE_INVALID", "admitted"]);
    await calls().dispatches.revokePackages({ id: dispatch.id });
    expect(await attempt(second, "jane")).toBe("PACKAGE_INVALID");
    const third = await host.importPackage(dispatch, undefined, new Date(now.getTime() + 1_000));
    const [, keyId = ""] = third.packageSignature.split(".");
    expect(await attempt(third, "jane")).toBe("admitted");
    await calls().signingKeys.rotateSigningKey({ requestId: uuidV7() });
    expect(await attempt(third, "jane")).toBe("admitted");
    await calls().signingKeys.revokeSigningKey({ id: keyId });
    expect(await attempt(third, "jane")).toBe("PACKAGE_INVALID");
    const fourth = await host.importPackage(dispatch, undefined, new Date(now.getTime() + 1_000));
    expect(await attempt(fourth, "jane")).toBe("admitted");
  });
});

describe("a refusal", () => {
  it("is a page in the learner's language and the dispatch's branding, recorded and announced once", async () => {
    const branding = { primaryColor: "#112233", supportText: "Ask Ann" };
    const dispatch = await addDispatch(harness, { enabled: false, branding });
    const request = host.request(await host.importPackage(dispatch), "jane", { learner: { language: "de-AT" } });
    const [page, again] = [await host.open(request), await host.open(request)];
    expect(again).toEqual(page);
    expect(page.outcome.value).toMatchObject({ title: "Ihr Anbieter hat diesen Kurs pausiert", branding });
    const { refusals } = await calls().licences.listRefusals({ dispatchId: dispatch.id });
    expect(refusals).toMatchObject([{ learnerId: "jane", domain: "lms.example" }]);
    const events = (await harness.announced(DispatchRefusedSchema)).filter(
      (it) => it.refusal?.dispatchId === dispatch.id,
    );
    expect(events.map((it) => it.refusal?.id)).toEqual([refusals[0]?.id]);
  });

  it("says nothing of learners that are hashed or not tracked", async () => {
    for (const wishes of [{ hashLearner: true }, { trackingEnabled: false }]) {
      const dispatch = await addDispatch(harness, { enabled: false, ...wishes });
      await attempt(await host.importPackage(dispatch), "jane");
      const rows = await harness.sql("select * from refusal where dispatch_id = $1", [dispatch.id]);
      expect(JSON.stringify(rows)).not.toContain("jane");
    }
  });

  it("comes with a limit for one address and one dispatch", async () => {
    const narrow = await startDispatch({ env: { DISPATCH_LAUNCHES_PER_MINUTE: "2" }, shared: harness, now: () => now });
    const from = await host.importPackage(await addDispatch(harness));
    const open = (ipAddress: string) =>
      callsOf(narrow).launches.openExchange(host.request(from, "jane", { host: { ipAddress } }));
    await open("192.0.2.1");
    await open("192.0.2.1");
    await expect(open("192.0.2.1")).rejects.toThrow("too many requests");
    expect(admitted(await open("192.0.2.2"))).toBeDefined();
    later(61_000);
    expect(admitted(await open("192.0.2.1"))).toBeDefined();
    await narrow.stop();
  });
});
