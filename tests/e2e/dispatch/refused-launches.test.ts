import { randomUUID } from "node:crypto";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { DeploymentService, DeploymentStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { DispatchSchema, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { LicenceService, RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { PackageFormat, PackageService } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { SigningKeyService } from "@coursemesh/proto/coursemesh/dispatch/v1/signing_key_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callOf, firstDelivery } from "../../bench/load/delivery.ts";
import { contentRequest } from "../../product/content-request.ts";
import { type CustomerPackage, dispatchCourse, downloadPackage } from "../../product/dispatched-course.ts";
import { askForLaunch, PLATFORM, postToGateway, textOf, verdictOf } from "../../product/gateway-launch.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { importQuiz } from "./dispatched-quiz.ts";

/** Learners who want in at the same moment, and places. */
const LEARNERS = Number(process.env.DISPATCH_LEARNERS ?? 200);
const PLACES = 50;
const REASONS = new Map<number, string>(Object.entries(RefusalReason).map(([name, value]) => [value, name]));
/** Keys are kept in memory for half a minute. */
const KEY_IS_GONE = { timeout: 40_000, interval: 1_000 };

let product: Product;
let courseId: string;
beforeAll(async () => {
  product = await startProduct();
  courseId = await importQuiz(product);
});
afterAll(() => product?.remove());

const dispatched = async (wishes: MessageInitShape<typeof DispatchSchema> = {}): Promise<CustomerPackage> =>
  downloadPackage(product, (await dispatchCourse(product, courseId, wishes)).id);

async function change(id: string, fields: MessageInitShape<typeof DispatchSchema>, ...paths: string[]): Promise<void> {
  const dispatch = create(DispatchSchema, { id, ...fields });
  await rpcClient(product, DispatchService).updateDispatch({ dispatch, updateMask: { paths } });
}

/** Reasons of the refusals that are on record for a dispatch, the newest first. */
async function recorded(dispatchId: string): Promise<string[]> {
  const page = { pageSize: 500 };
  const { refusals } = await rpcClient(product, LicenceService).listRefusals({ dispatchId, page });
  return refusals.map(({ reason }) => REASONS.get(reason) ?? "");
}

/** Opens the course of an admission in the player; answers what plays on in it. */
async function enter(admission: unknown) {
  const body = { code: textOf(admission, "code"), parentOrigin: PLATFORM, requestId: randomUUID() };
  const redeemed = (await postToGateway(product, "exchanges/redeem", body, product.url)).body;
  const base = textOf(redeemed, "playerUrl").replace(/\/?$/, "/api/");
  const post = (call: string, text: string) => contentRequest(`${base}${call}`, { method: "POST", body: text });
  const opened: { outline: { activities: { identifier: string }[] } } = JSON.parse((await post("open", "{}")).body);
  const place = { activity: opened.outline.activities[0]?.identifier ?? "" };
  return {
    post,
    /** Passes the course; answers the statuses, and what the platform is to be told. */
    async finish() {
      const calls = [
        callOf(place, "cmi.core.score.raw", "90"),
        callOf(place, "cmi.core.lesson_status", "passed"),
        callOf(place, "", "", "Commit"),
      ];
      const statuses = [
        (await post("journal?first=1", firstDelivery(place))).status,
        (await post("journal?first=3", JSON.stringify(calls))).status,
        (await post("close", '{"end":"EXIT"}')).status,
      ];
      const asked = { sessionToken: textOf(redeemed, "sessionToken"), afterSequence: "0", waitMs: 0 };
      return { statuses, results: (await postToGateway(product, "results", asked, product.url)).body.results };
    },
  };
}

const PASSED = {
  statuses: [200, 200, 200],
  results: [expect.objectContaining({ result: expect.objectContaining({ success: "SUCCESS_PASSED", scoreRaw: 90 }) })],
};

describe.each([
  ["seats", { seatLimit: PLACES, seatIdleSeconds: 3_600 }, "SEATS_TAKEN"],
  ["learners in all", { usageLimit: PLACES }, "USAGE_LIMIT_EXCEEDED"],
])(`a dispatch with ${PLACES} %s`, (_what, terms, reason) => {
  it(`lets exactly ${PLACES} in of ${LEARNERS} who come at once`, async () => {
    const from = await dispatched({ terms });
    const ask = (learner: number) => askForLaunch(product, from, `learner-${learner}`);
    const answers = await Promise.all(Array.from({ length: LEARNERS }, (_, learner) => ask(learner)));
    const verdicts = answers.map(verdictOf);
    expect(verdicts.filter((it) => it === "admitted")).toHaveLength(PLACES);
    expect(verdicts.filter((it) => it === reason)).toHaveLength(LEARNERS - PLACES);
    expect(await recorded(from.dispatchId)).toEqual(Array.from({ length: LEARNERS - PLACES }, () => reason));
    const of = { case: "dispatchId", value: from.dispatchId } as const;
    const { licence } = await rpcClient(product, LicenceService).getLicence({ of });
    expect(Number(licence?.usage?.used)).toBe(PLACES);
    // Who is in comes back, and takes no second place.
    const inside = verdicts.indexOf("admitted");
    expect(verdictOf(await ask(inside))).toBe("admitted");
    expect(verdictOf(await ask(verdicts.indexOf(reason)))).toBe(reason);
  });
});

describe("a launch is refused, with the reason, and on record", () => {
  it.each([
    ["DISABLED", { enabled: false }, ["enabled"]],
    [
      "PACKAGE_EXPIRED",
      { terms: { expireTime: timestampFromDate(new Date(Date.now() - 1_000)) } },
      ["terms.expire_time"],
    ],
    ["DOMAIN_NOT_ALLOWED", { terms: { allowedDomains: ["other.example"] } }, ["terms.allowed_domains"]],
    ["NEW_REGISTRATIONS_CLOSED", { terms: { allowNewRegistrations: false } }, ["terms.allow_new_registrations"]],
  ])("%s; who is inside may finish", async (reason, fields, paths) => {
    const from = await dispatched();
    const inside = await enter((await askForLaunch(product, from, "inside")).body.admission);
    await change(from.dispatchId, fields, ...paths);
    expect(verdictOf(await askForLaunch(product, from, "outside"))).toBe(reason);
    expect(await recorded(from.dispatchId)).toEqual([reason]);
    expect(await inside.finish()).toEqual(PASSED);
  });

  it("a package that was changed", async () => {
    const from = await dispatched();
    const other = await dispatched();
    const otherFormat = await downloadPackage(product, from.dispatchId, PackageFormat.SCORM2004_4TH);
    const [scheme, key = "", mac = ""] = from.signature.split(".");
    const changed = [
      { ...from, signature: `${scheme}.${key}.${mac.startsWith("A") ? "B" : "A"}${mac.slice(1)}` },
      { ...from, signature: "nonsense" },
      { ...from, signature: `${scheme}.k${"0".repeat(24)}.${mac}` },
      { ...from, id: other.id },
      { ...from, id: randomUUID() },
      // A package of another format is another package.
      { ...from, signature: otherFormat.signature },
      { ...from, id: otherFormat.id },
    ];
    for (const [index, claim] of changed.entries())
      expect(verdictOf(await askForLaunch(product, claim, `learner-${index}`)), `change ${index}`).toBe(
        "PACKAGE_INVALID",
      );
    expect(await recorded(from.dispatchId)).toEqual(changed.map(() => "PACKAGE_INVALID"));
    // Of another dispatch; it is on the other's record.
    expect(verdictOf(await askForLaunch(product, { ...from, dispatchId: other.dispatchId }, "x"))).toBe(
      "PACKAGE_INVALID",
    );
    expect(await recorded(other.dispatchId)).toEqual(["PACKAGE_INVALID"]);
    const nowhere = await askForLaunch(product, { ...from, dispatchId: randomUUID() }, "x");
    expect([nowhere.status >= 400, verdictOf(nowhere)]).toEqual([true, "EXCHANGE_INVALID"]);
    expect(verdictOf(await askForLaunch(product, from, "as it was"))).toBe("admitted");
  });

  it("a code that was traded before; the launch it made ends", async () => {
    const from = await dispatched();
    const { admission } = (await askForLaunch(product, from, "ana")).body;
    const inside = await enter(admission);
    const code = textOf(admission, "code");
    const again = await postToGateway(product, "exchanges/redeem", { code, requestId: randomUUID() }, product.url);
    expect([again.status >= 400, verdictOf(again)]).toEqual([true, "EXCHANGE_INVALID"]);
    await expect.poll(async () => (await inside.post("open", "{}")).status, { timeout: 10_000 }).toBeGreaterThan(400);
    const guessed = { code: `${code.slice(0, -4)}AAAA`, requestId: randomUUID() };
    expect(verdictOf(await postToGateway(product, "exchanges/redeem", guessed, product.url))).toBe("EXCHANGE_INVALID");
  });

  it("a package that was revoked, while another of the same dispatch goes on", async () => {
    const from = await dispatched();
    const other = await downloadPackage(product, from.dispatchId, PackageFormat.SCORM2004_4TH);
    const inside = await enter((await askForLaunch(product, from, "inside")).body.admission);
    await rpcClient(product, PackageService).revokePackage({ id: from.id });
    expect(verdictOf(await askForLaunch(product, from, "outside"))).toBe("PACKAGE_INVALID");
    expect(await recorded(from.dispatchId)).toEqual(["PACKAGE_INVALID"]);
    expect(verdictOf(await askForLaunch(product, other, "outside"))).toBe("admitted");
    expect(await inside.finish()).toEqual(PASSED);
  });

  it("a deployment that was suspended, while others go on", async () => {
    const from = await dispatched();
    const inside = await enter((await askForLaunch(product, from, "inside")).body.admission);
    const deployments = rpcClient(product, DeploymentService);
    const [deployment] = (await deployments.listDeployments({ dispatchId: from.dispatchId })).deployments;
    const suspended = { id: deployment?.id ?? "", status: DeploymentStatus.SUSPENDED };
    await deployments.updateDeployment({ deployment: suspended, updateMask: { paths: ["status"] } });
    expect(verdictOf(await askForLaunch(product, from, "outside"))).toBe("DEPLOYMENT_SUSPENDED");
    expect(await recorded(from.dispatchId)).toEqual(["DEPLOYMENT_SUSPENDED"]);
    expect(verdictOf(await askForLaunch(product, from, "outside", { origin: "https://b.example" }))).toBe("admitted");
    expect(await inside.finish()).toEqual(PASSED);
  });

  // The last one: it ends every package that was made before.
  it("packages of a signing key that was rotated go on, until it is revoked", async () => {
    const from = await dispatched();
    const keys = rpcClient(product, SigningKeyService);
    const old = from.signature.split(".")[1] ?? "";
    await keys.rotateSigningKey({ requestId: randomUUID() });
    expect(verdictOf(await askForLaunch(product, from, "after rotation"))).toBe("admitted");
    const newer = await dispatched();
    expect(newer.signature.split(".")[1]).not.toBe(old);
    await keys.revokeSigningKey({ id: old });
    await expect
      .poll(async () => verdictOf(await askForLaunch(product, from, "late")), KEY_IS_GONE)
      .toBe("PACKAGE_INVALID");
    expect(await recorded(from.dispatchId)).toContain("PACKAGE_INVALID");
    expect(verdictOf(await askForLaunch(product, newer, "newer"))).toBe("admitted");
  });
});
