import { create } from "@bufbuild/protobuf";
import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { present } from "@coursemesh/platform/testing/failure.ts";
import { HostFactsSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { LaunchEndedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AiccHost, startAiccHost } from "./aicc-host.ts";
import { addDispatch, callsOf, type DispatchHarness, refusal, startDispatch } from "./dispatch-harness.ts";
import { admitted, type ImportedPackage, reasonFor, type TestHost, testHost } from "./launching.ts";

const SLOW = { timeout: 15_000 };
const START =
  "[Core]\r\nStudent_ID=j1\r\nStudent_Name=Doe, Jane\r\nLesson_Status=not attempted, ab-initio\r\n[Core_Lesson]\r\n";

let harness: DispatchHarness;
let packages: TestHost;
let lms: AiccHost;
beforeAll(async () => {
  harness = await startDispatch();
  packages = testHost(harness);
  lms = await startAiccHost();
});
beforeEach(() => {
  lms.calls.length = 0;
  lms.mood = undefined;
  lms.data = START;
});
afterAll(async () => {
  await lms.stop();
  await packages.stop();
  await harness.stop();
});

const nobody = () => callsOf(harness, anonymous).launches;
const imported = async (wishes: Parameters<typeof addDispatch>[1] = {}) =>
  packages.importPackage(await addDispatch(harness, wishes), PackageFormat.AICC);
const open = (from: ImportedPackage, aiccSid = "sid 1", aiccUrl = lms.url) =>
  nobody().openAiccLaunch({ ...from, aiccSid, aiccUrl, host: create(HostFactsSchema) });
async function launch(from: ImportedPackage, aiccSid?: string) {
  const admission = admitted(await open(from, aiccSid));
  return { admission, redeemed: await nobody().redeemExchange({ code: admission.code }) };
}
const sessionOf = async ({ dispatchId }: ImportedPackage) =>
  present(
    (
      await harness.sql<{ id: string; registration_id: string; acknowledgement: number; attempt_count: number }>(
        "select * from external_session where dispatch_id = $1",
        [dispatchId],
      )
    )[0],
  );
const receiptsOf = async ({ dispatchId }: ImportedPackage) =>
  harness.sql<{ call: string; value: string; error_code: string; error_text: string; result_sequence: string }>(
    "select * from receipt where dispatch_id = $1 order by sequence",
    [dispatchId],
  );
/** Gives the learner a result, and has it heard of. */
async function pass(from: ImportedPackage, sessionToken: string, seconds = 61) {
  const { registration_id: registrationId } = await sessionOf(from);
  const result = { completion: Completion.COMPLETE, success: Success.PASSED, score: { scaled: 0.9 } };
  harness.runtime.setResult(registrationId, { ...result, totalSeconds: seconds });
  await nobody().getPendingResults({ sessionToken });
}
const told = (command: string) => lms.calls.filter((call) => call.command === command);

describe("a launch of an AICC host", () => {
  it("asks the host who the learner is, tells it the result, and ends its session at the end", async () => {
    const from = await imported();
    const { admission, redeemed } = await launch(from);
    expect(lms.calls).toMatchObject([{ command: "GetParam", sessionId: "sid 1" }]);
    expect(redeemed.bridgeOrigin).toBe("");
    expect(harness.runtime.registrationRequests.at(-1)?.learner).toMatchObject({ firstName: "Jane", lastName: "Doe" });
    await pass(from, redeemed.sessionToken);
    await expect
      .poll(() => told("PutParam"), SLOW)
      .toMatchObject([
        {
          sessionId: "sid 1",
          core: { lesson_status: "passed", score: "90,100,0", time: "00:01:01" },
          lesson: admission.instanceToken,
        },
      ]);
    await expect.poll(() => sessionOf(from), SLOW).toMatchObject({ acknowledgement: 2 });
    const { registration_id: registrationId } = await sessionOf(from);
    await harness.publish(LaunchEndedSchema, { launch: { id: redeemed.launchId, registrationId } });
    await expect.poll(() => told("ExitAU"), SLOW).toMatchObject([{ sessionId: "sid 1" }]);
    await expect
      .poll(() => receiptsOf(from), SLOW)
      .toMatchObject([
        { call: "PutParam", value: "passed", error_code: "0", result_sequence: "1" },
        { call: "ExitAU", error_code: "0", result_sequence: "0" },
      ]);
    expect(told("PutParam")).toHaveLength(1);
  });

  it("finds its session again by the token in the core lesson, and tells what the host has not got", async () => {
    const from = await imported();
    const first = await launch(from);
    lms.mood = { status: 200, body: "error=3\r\nerror_text=Invalid Session ID\r\n" };
    await pass(from, first.redeemed.sessionToken);
    await expect.poll(() => sessionOf(from), SLOW).toMatchObject({ acknowledgement: 4, attempt_count: 1 });
    expect(await receiptsOf(from)).toMatchObject([{ error_code: "3", error_text: "Invalid Session ID" }]);
    lms.mood = undefined;
    lms.data = START.replace("[Core_Lesson]\r\n", `[Core_Lesson]\r\n${first.admission.instanceToken}\r\n`);
    const second = await launch(from, "sid 2");
    expect(second.admission.instanceToken).toBe(first.admission.instanceToken);
    await expect.poll(() => told("PutParam").at(-1), SLOW).toMatchObject({ sessionId: "sid 2" });
    await expect.poll(() => sessionOf(from), SLOW).toMatchObject({ acknowledgement: 2, attempt_count: 0 });
    // What was told with the second session is its time alone.
    expect(told("PutParam").at(-1)?.core.time).toBe("00:00:00");
    const { registration_id: registrationId } = await sessionOf(from);
    await harness.publish(LaunchEndedSchema, { launch: { id: first.redeemed.launchId, registrationId } });
    await harness.publish(LaunchEndedSchema, { launch: { id: second.redeemed.launchId, registrationId } });
    await expect.poll(() => told("ExitAU").map((call) => call.sessionId), SLOW).toEqual(["sid 2"]);
  });

  it("is asked again when it was silent, until it answers", async () => {
    const from = await imported();
    const { redeemed } = await launch(from);
    lms.mood = { status: 503, body: "" };
    await pass(from, redeemed.sessionToken);
    await expect.poll(() => receiptsOf(from), SLOW).toMatchObject([{ call: "PutParam", error_text: "HTTP 503" }]);
    lms.mood = undefined;
    await expect.poll(() => sessionOf(from), SLOW).toMatchObject({ acknowledgement: 2 });
  });

  it("is told better results only where it wants that", async () => {
    const from = await imported({ hostOptions: { onlyImprove: true } });
    const { redeemed } = await launch(from);
    await pass(from, redeemed.sessionToken);
    await expect.poll(() => sessionOf(from), SLOW).toMatchObject({ acknowledgement: 2 });
    const { registration_id: registrationId } = await sessionOf(from);
    harness.runtime.setResult(registrationId, { completion: Completion.COMPLETE, success: Success.FAILED });
    await nobody().getPendingResults({ sessionToken: redeemed.sessionToken });
    await expect.poll(() => sessionOf(from), SLOW).toMatchObject({ acknowledgement: 2, acknowledged_sequence: "2" });
    expect(told("PutParam").map((call) => call.core.lesson_status)).toEqual(["passed"]);
  });
});

describe("a host", () => {
  it("that nobody vouches for is not called", async () => {
    const from = await imported({ terms: { allowedDomains: ["lms.example"] } });
    expect(reasonFor(await open(from))).toBe("DOMAIN_NOT_ALLOWED");
    expect(reasonFor(await open({ ...from, packageId: uuidV7() }))).toBe("PACKAGE_INVALID");
    expect(lms.calls).toEqual([]);
  });

  it("inside somebody's network is not called", async () => {
    const from = await imported();
    for (const url of [
      "http://10.0.0.1/hacp",
      "http://169.254.169.254/latest",
      "http://user:pw@lms.example/",
      "ftp://lms.example/",
    ]) {
      expect(await refusal(open(from, "s", url))).toBe("ADDRESS_REFUSED");
    }
  });

  it("that does not know the session, or speaks something else, launches nothing", async () => {
    const from = await imported();
    for (const body of ["error=3\r\nerror_text=Invalid Session ID\r\n", "<html>Sign in</html>"]) {
      lms.mood = { status: 200, body };
      expect(await refusal(open(from))).toBe("EXCHANGE_INVALID");
    }
    expect(await harness.sql("select from external_session where dispatch_id = $1", [from.dispatchId])).toEqual([]);
  });

  it("keeps its session id to itself", async () => {
    const from = await imported();
    await launch(from, "very-secret-sid");
    const rows = await harness.sql("select * from external_session where dispatch_id = $1", [from.dispatchId]);
    expect(JSON.stringify(rows)).not.toContain("very-secret-sid");
  });
});
