import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { present } from "@coursemesh/platform/testing/failure.ts";
import { Instancing } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import {
  DispatchCompletedSchema,
  DispatchProgressedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import {
  LaunchEndedSchema,
  RegistrationDeletedSchema,
  RegistrationProgressedSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDispatch, callsOf, type DispatchHarness, owner, refusal, startDispatch } from "./dispatch-harness.ts";
import { admitted, type ImportedPackage, type LaunchWishes, type TestHost, testHost } from "./launching.ts";

const SLOW = { timeout: 10_000 };

let harness: DispatchHarness;
let host: TestHost;
beforeAll(async () => {
  harness = await startDispatch();
  host = testHost(harness);
});
afterAll(async () => {
  await host.stop();
  await harness.stop();
});

const nobody = () => callsOf(harness, anonymous).launches;
const imported = async (wishes: Parameters<typeof addDispatch>[1] = {}) =>
  host.importPackage(await addDispatch(harness, wishes));

interface StoredSession {
  readonly id: string;
  readonly registration_id: string;
  readonly instance_id: string;
  readonly instance_number: number;
  readonly acknowledgement: Acknowledgement;
  readonly result_sequence: string;
  readonly finished_at: Date | null;
}
const sessionsOf = ({ dispatchId }: ImportedPackage) =>
  harness.sql<StoredSession>("select * from external_session where dispatch_id = $1 order by instance_number", [
    dispatchId,
  ]);
const sessionOf = async (from: ImportedPackage) => present((await sessionsOf(from))[0]);
const passed = { completion: Completion.COMPLETE, success: Success.PASSED, score: { scaled: 0.9 }, totalSeconds: 61 };
const take = (from: ImportedPackage, sequence: bigint) =>
  harness.sql("update external_session set acknowledged_sequence = $2, acknowledgement = $3 where dispatch_id = $1", [
    from.dispatchId,
    sequence,
    Acknowledgement.ACCEPTED,
  ]);
const open = async (from: ImportedPackage, wishes?: LaunchWishes) =>
  admitted(await host.open(host.request(from, "jane", wishes)));

describe("a result", () => {
  it("is told to who asks, once, and comes again at the next launch as long as nobody took it", async () => {
    const from = await imported();
    const { sessionToken } = await host.launch(from, "jane");
    expect(await nobody().getPendingResults({ sessionToken })).toMatchObject({ results: [], over: false });
    harness.runtime.setResult((await sessionOf(from)).registration_id, passed);
    const { results } = await nobody().getPendingResults({ sessionToken });
    const [told] = results;
    expect(told).toMatchObject({
      sequence: 1n,
      result: {
        completion: Completion.COMPLETE,
        success: Success.PASSED,
        scoreRaw: 90,
        scoreMax: 100,
        totalSeconds: 61n,
      },
    });
    expect((await nobody().getPendingResults({ sessionToken, afterSequence: 1n })).results).toEqual([]);
    expect((await open(from)).pendingResults).toEqual([told]);
    await take(from, 1n);
    expect((await open(from, { freshEntry: false })).pendingResults).toEqual([]);
    expect(await sessionOf(from)).toMatchObject({ acknowledgement: Acknowledgement.ACCEPTED });
  });

  it("wakes who waits for it, and no wait outlives its time", async () => {
    const from = await imported();
    const { sessionToken } = await host.launch(from, "jane");
    const { registration_id: registrationId } = await sessionOf(from);
    const waiting = nobody().getPendingResults({ sessionToken, waitMs: 25_000 });
    harness.runtime.setResult(registrationId, passed);
    await harness.publish(RegistrationProgressedSchema, { change: { registrationId } });
    expect((await waiting).results).toHaveLength(1);
    expect((await nobody().getPendingResults({ sessionToken, afterSequence: 1n, waitMs: 50 })).results).toEqual([]);
  });

  it("is taken and announced when no page is there to ask, once however often it is heard of", async () => {
    const from = await imported();
    await host.launch(from, "jane");
    const { registration_id: registrationId, id } = await sessionOf(from);
    const heard = async () => {
      for (const event of [1, 2])
        await harness.publish(RegistrationProgressedSchema, { change: { registrationId, seq: event } });
      await harness.publish(LaunchEndedSchema, { launch: { id: uuidV7(), registrationId } });
    };
    harness.runtime.setResult(registrationId, { completion: Completion.INCOMPLETE });
    await heard();
    await expect.poll(() => sessionOf(from), SLOW).toMatchObject({ result_sequence: "1", finished_at: null });
    harness.runtime.setResult(registrationId, passed);
    await heard();
    await expect
      .poll(() => sessionOf(from), SLOW)
      .toMatchObject({
        result_sequence: "2",
        finished_at: expect.any(Date),
        acknowledgement: Acknowledgement.PENDING,
      });
    const ofSession = async (schema: typeof DispatchProgressedSchema | typeof DispatchCompletedSchema) =>
      (await harness.announced(schema)).filter((it) => it.externalSession?.id === id).length;
    expect([await ofSession(DispatchProgressedSchema), await ofSession(DispatchCompletedSchema)]).toEqual([2, 1]);
  });

  it("never goes back when one that read it earlier comes to write it later", async () => {
    const from = await imported();
    const { sessionToken } = await host.launch(from, "jane");
    const { registration_id: registrationId } = await sessionOf(from);
    const held = Promise.withResolvers<void>();
    const read = Promise.withResolvers<void>();
    harness.runtime.setResult(registrationId, { completion: Completion.INCOMPLETE, score: { scaled: 0.1 } });
    harness.runtime.afterRead = async () => {
      harness.runtime.afterRead = () => undefined;
      read.resolve();
      await held.promise;
    };
    const earlier = nobody().getPendingResults({ sessionToken });
    await read.promise;
    harness.runtime.setResult(registrationId, passed);
    const newest = [{ sequence: 1n, result: { success: Success.PASSED, scoreRaw: 90 } }];
    expect((await nobody().getPendingResults({ sessionToken })).results).toMatchObject(newest);
    held.resolve();
    expect((await earlier).results).toMatchObject(newest);
    expect(await sessionOf(from)).toMatchObject({ result_sequence: "1" });
  });

  it("is no news when only time has passed", async () => {
    const from = await imported();
    const { sessionToken } = await host.launch(from, "jane");
    const { registration_id: registrationId } = await sessionOf(from);
    harness.runtime.setResult(registrationId, passed);
    await nobody().getPendingResults({ sessionToken });
    harness.runtime.setResult(registrationId, { ...passed, totalSeconds: 90 });
    const { results } = await nobody().getPendingResults({ sessionToken });
    expect(results).toMatchObject([{ sequence: 1n, result: { totalSeconds: 90n } }]);
  });

  it("of a dispatch that tracks nothing is told to the host, and to nobody else", async () => {
    const from = await imported({ trackingEnabled: false });
    const { sessionToken } = await host.launch(from, "jane");
    harness.runtime.setResult((await sessionOf(from)).registration_id, passed);
    expect((await nobody().getPendingResults({ sessionToken })).results).toHaveLength(1);
    const rows = await harness.sql(
      "select e.*, x.ip_address, x.user_agent from external_session e join launch_exchange x on x.external_session_id = e.id where e.dispatch_id = $1",
      [from.dispatchId],
    );
    expect(JSON.stringify(rows)).not.toMatch(/jane|doe/i);
    const { id } = await sessionOf(from);
    expect((await harness.announced(DispatchProgressedSchema)).filter((it) => it.externalSession?.id === id)).toEqual(
      [],
    );
    const registration = harness.runtime.registration((await sessionOf(from)).registration_id);
    expect(JSON.stringify(registration.learner)).not.toMatch(/jane|doe/i);
  });

  it("is for those alone who hold a token of ours", async () => {
    const { sessionToken } = await host.launch(await imported(), "jane");
    for (const token of ["x", sessionToken.slice(0, -2), sessionToken.replace("cms1.", "cms2.")]) {
      expect(await refusal(nobody().getPendingResults({ sessionToken: token }))).toBe("SESSION_TOKEN_INVALID");
    }
  });
});

describe("the next launch of a learner", () => {
  it("goes on while the instance is unfinished or its result was not taken, and begins another afterwards", async () => {
    const from = await imported();
    await host.launch(from, "jane");
    const first = await sessionOf(from);
    await open(from);
    harness.runtime.setResult(first.registration_id, passed);
    expect((await open(from)).pendingResults).toHaveLength(1);
    expect(await sessionsOf(from)).toHaveLength(1);
    await take(from, 1n);
    const admission = await open(from);
    const sessions = await sessionsOf(from);
    expect(sessions.map((it) => it.instance_number)).toEqual([0, 1]);
    expect(new Set(sessions.map((it) => it.registration_id)).size).toBe(1);
    expect(new Set(sessions.map((it) => it.instance_id)).size).toBe(2);
    expect(admission.pendingResults).toEqual([]);
    // A host that knows this instance is not fresh whatever it says.
    harness.runtime.setResult(first.registration_id, passed);
    await open(from, { instanceToken: admission.instanceToken });
    expect(await sessionsOf(from)).toHaveLength(2);
    const { total_seconds: before } = present(
      (
        await harness.sql<{ total_seconds: string }>("select total_seconds from external_session where id = $1", [
          first.id,
        ])
      )[0],
    );
    expect(before).toBe("61");
  });

  it("is always the same instance of a static dispatch", async () => {
    const from = await imported({ instancing: Instancing.STATIC });
    await host.launch(from, "jane");
    harness.runtime.setResult((await sessionOf(from)).registration_id, passed);
    await open(from);
    await take(from, 1n);
    await open(from);
    expect(await sessionsOf(from)).toHaveLength(1);
  });

  it("is found by our token where the host does not say who it is, and is nobody else's without it", async () => {
    const from = await imported();
    const anonymousLearner = { learner: { id: "", name: "" } };
    const first = await open(from, anonymousLearner);
    const other = await open(from, anonymousLearner);
    expect(other.instanceToken).not.toBe(first.instanceToken);
    const again = await open(from, { ...anonymousLearner, instanceToken: first.instanceToken, freshEntry: false });
    expect(again.instanceToken).toBe(first.instanceToken);
    expect(await sessionsOf(from)).toHaveLength(2);
  });

  it("does not get another learner's session for their token", async () => {
    const from = await imported();
    const jane = await open(from);
    const joe = admitted(await host.open(host.request(from, "joe", { instanceToken: jane.instanceToken })));
    expect(joe.instanceToken).not.toBe(jane.instanceToken);
  });

  it("follows the pin of its dispatch", async () => {
    const course = harness.catalog.addCourse(owner.organizationId);
    const pinned = present(course.currentVersion).id;
    harness.catalog.addVersion(course);
    const from = await imported({ courseId: course.id, pinnedCourseVersionId: pinned });
    await open(from);
    expect(harness.runtime.registrationRequests.at(-1)).toMatchObject({ courseVersionId: pinned });
  });
});

describe("what was cut short", () => {
  it("between admission and registration is made up for by the repeat of the request, and counted once", async () => {
    const from = await imported({ terms: { usageLimit: 1 } });
    const request = host.request(from, "jane");
    harness.runtime.beforeRegistration = () => {
      throw new Error("the runtime is gone");
    };
    await expect(host.open(request)).rejects.toThrow();
    expect(await sessionsOf(from)).toMatchObject([{ registration_id: null }]);
    harness.runtime.beforeRegistration = () => undefined;
    const admission = admitted(await host.open(request));
    expect((await nobody().redeemExchange({ code: admission.code })).playerUrl).not.toBe("");
    expect(await sessionsOf(from)).toMatchObject([{ registration_id: expect.any(String) }]);
  });

  it("is made up for by the next launch as well, in the same place", async () => {
    const from = await imported({ terms: { usageLimit: 1 } });
    harness.runtime.beforeRegistration = () => {
      throw new Error("the runtime is gone");
    };
    await expect(open(from)).rejects.toThrow();
    harness.runtime.beforeRegistration = () => undefined;
    await host.launch(from, "jane");
    expect(await sessionsOf(from)).toHaveLength(1);
  });

  it("between code and launch has to be started again, and leaves nothing behind", async () => {
    const from = await imported();
    const { code } = await open(from);
    harness.runtime.beforeLaunch = () => {
      throw new Error("the runtime is gone");
    };
    await expect(nobody().redeemExchange({ code })).rejects.toThrow();
    harness.runtime.beforeLaunch = () => undefined;
    expect(await refusal(nobody().redeemExchange({ code }))).toBe("EXCHANGE_INVALID");
    await host.launch(from, "jane");
    expect(await sessionsOf(from)).toHaveLength(1);
  });

  it("by the end of its registration begins with another one", async () => {
    const from = await imported();
    await host.launch(from, "jane");
    const { registration_id: registrationId } = await sessionOf(from);
    harness.runtime.remove(registrationId);
    await harness.publish(RegistrationDeletedSchema, { registrationId });
    await expect.poll(() => sessionOf(from), SLOW).toMatchObject({ registration_id: null });
    await host.launch(from, "jane");
    expect((await sessionOf(from)).registration_id).not.toBe(registrationId);
  });
});
