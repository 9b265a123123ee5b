import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { LaunchEndedSchema, LaunchOpenedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { LaunchEnd, LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { Completion } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  callsOn,
  initialize,
  navigate,
  one,
  outboxOf,
  type RuntimeCalls,
  type RuntimeHarness,
  refusal,
  set,
  startRuntime,
  tokenOf,
} from "./runtime-harness.ts";

let harness: RuntimeHarness;
let calls: RuntimeCalls;
let time = Date.now();

beforeAll(async () => {
  harness = await startRuntime(undefined, () => new Date(time));
  calls = callsOn(harness);
});
afterAll(() => harness.stop());

const register = (activities = ["A", "B"]) => calls.register(harness.catalog.addCourse(one, activities));
const begin = [navigate("A"), initialize("A"), set("A", "cmi.core.lesson_location", "1")];
const resolve = (token: string) => calls.player((player) => player.resolveLaunch({ token }));
const launchesOf = async (registrationId: string) =>
  (await calls.owner(({ launches }) => launches.listLaunches({ registrationId }))).launches;

describe("making a launch", () => {
  it("gives an address on the course version's own origin, with a token that is stored only as its hash", async () => {
    const registration = await register();
    const { launch, url } = await calls.owner(({ launches }) =>
      launches.createLaunch({ requestId: uuidV7(), registrationId: registration.id }),
    );
    const version = registration.instance?.courseVersionId.replaceAll("-", "");
    expect(url).toMatch(new RegExp(`^http://${version}\\.localhost:3001/l/[\\w-]{43}/$`));
    expect(launch).toMatchObject({ mode: LaunchMode.NORMAL, end: LaunchEnd.UNSPECIFIED, lastSeq: 0 });
    const rows = await harness.sql<{ token_hash: Buffer }>("select token_hash from launch_token where launch_id = $1", [
      launch?.id,
    ]);
    expect(rows.map((row) => row.token_hash.length)).toEqual([32]);
  });

  it("makes no second launch for a repeated request, but a further address; both work", async () => {
    const registration = await register();
    const request = { requestId: uuidV7(), registrationId: registration.id };
    const answers = await Promise.all(
      [1, 2, 3].map(() => calls.owner(({ launches }) => launches.createLaunch(request))),
    );
    expect(new Set(answers.map((it) => it.launch?.id)).size).toBe(1);
    expect(new Set(answers.map((it) => it.url)).size).toBe(3);
    for (const { url } of answers) expect((await resolve(tokenOf(url))).launchId).toBe(answers[0]?.launch?.id);
    const other = calls.owner(({ launches }) => launches.createLaunch({ ...request, locale: "de" }));
    expect(await refusal(other)).toBe("REQUEST_ID_REUSED");
  });

  it("refuses to return anywhere but to the web", async () => {
    const registration = await register();
    for (const returnUrl of ["javascript:alert(1)", "not a url", "ftp://example.org"])
      expect(await refusal(calls.launch(registration.id, { returnUrl }))).toBe("FIELD_INVALID");
  });

  it("says who may frame it, and takes nothing that could change the policy it goes into", async () => {
    const registration = await register();
    const frameAncestors = ["https://app.example", "https://*.lms.example:8443", "*"];
    const { token } = await calls.launch(registration.id, { frameAncestors });
    expect((await resolve(token)).frameAncestors).toEqual(frameAncestors);
    for (const source of ["https://a.example; script-src *", "'none'", "a,b", ""])
      expect(await refusal(calls.launch(registration.id, { frameAncestors: [source] }))).toBe("FIELD_INVALID");
    const courseVersionId = registration.instance?.courseVersionId ?? "";
    const preview = await calls.owner((it) => it.launches.createPreviewLaunch({ courseVersionId, frameAncestors }));
    expect((await resolve(tokenOf(preview.url))).frameAncestors).toEqual(frameAncestors);
  });

  it("gives the player all it needs to begin, under the settings of the moment", async () => {
    harness.catalog.settings["compatibility.strict_lengths"] = "true";
    harness.catalog.settings["navigation.show_bar"] = "false";
    const registration = await register();
    const { token } = await calls.launch(registration.id, { activity: "B", returnUrl: "https://example.org/back" });
    for (const id of Object.keys(harness.catalog.settings)) delete harness.catalog.settings[id];
    const opened = await calls.open(token);
    expect(JSON.parse(opened.contextJson)).toMatchObject({
      learnerId: registration.learner?.id,
      learnerName: "Doe, Jane",
      mode: "normal",
      credit: "credit",
      policy: { strictLengths: true },
    });
    expect(JSON.parse(opened.outlineJson).activities).toHaveLength(2);
    expect(opened.settings).toEqual({
      "compatibility.strict_lengths": "true",
      "navigation.show_bar": "false",
      "launch.start_activity": "B",
    });
    expect(opened).toMatchObject({
      courseTitle: "A course",
      acknowledgedSeq: 0,
      returnUrl: "https://example.org/back",
    });
  });
});

describe("the lease", () => {
  it("goes to the newest launch; the older one is told, and may take it back", async () => {
    const registration = await register();
    const first = await calls.launch(registration.id);
    const second = await calls.launch(registration.id);
    await calls.open(first.token);
    await calls.append(first.token, 1, begin);
    await calls.open(second.token);
    expect((await launchesOf(registration.id)).map((it) => it.end)).toEqual([
      LaunchEnd.UNSPECIFIED,
      LaunchEnd.SUPERSEDED,
    ]);
    expect(await refusal(calls.append(first.token, 4, []))).toBe("LEASE_LOST");
    await calls.append(second.token, 1, [navigate("B"), initialize("B")]);
    expect(await refusal(calls.append(first.token, 4, [set("A", "cmi.core.lesson_location", "2")]))).toBe("LEASE_LOST");
    expect(await refusal(calls.open(first.token))).toBe("LEASE_LOST");

    const back = await calls.open(first.token, true);
    expect(back.acknowledgedSeq).toBe(3);
    expect(JSON.parse(back.stateJson)).toMatchObject({ launch: first.id, seq: 3, current: "B" });
    const again = [navigate("A"), initialize("A"), set("A", "cmi.core.lesson_location", "3")];
    expect((await calls.append(first.token, 4, again)).acknowledgedSeq).toBe(6);
    expect(await refusal(calls.append(second.token, 3, [set("B", "cmi.core.lesson_location", "x")]))).toBe(
      "LEASE_LOST",
    );
    const replay = await calls.owner(({ journal }) => journal.replayJournal({ registrationId: registration.id }));
    expect(replay).toMatchObject({ equalsStoredState: true, differences: [] });
  });

  it("still takes what an older launch had under way, until the newer one has written", async () => {
    const registration = await register();
    const [first, second, third] = [
      await calls.launch(registration.id),
      await calls.launch(registration.id),
      await calls.launch(registration.id),
    ];
    await calls.open(first!.token);
    await calls.append(first!.token, 1, begin);
    await calls.open(second!.token);
    await calls.open(third!.token);
    expect((await calls.append(first!.token, 4, [set("A", "cmi.suspend_data", "late")])).acknowledgedSeq).toBe(4);
    expect((await calls.append(second!.token, 1, [navigate("B"), initialize("B")])).acknowledgedSeq).toBe(2);
    expect(await refusal(calls.append(first!.token, 5, [set("A", "cmi.suspend_data", "too late")]))).toBe("LEASE_LOST");
    const { stateJson } = await calls.open(third!.token);
    expect(JSON.parse(stateJson)).toMatchObject({
      launch: third!.id,
      activities: { A: { values: { "cmi.suspend_data": "late" } } },
    });
  });

  it("stays with a launch that is loaded again", async () => {
    const registration = await register();
    const { token } = await calls.launch(registration.id);
    await calls.open(token);
    await calls.append(token, 1, begin);
    await calls.close(token, LaunchEnd.CLOSED);
    const { acknowledgedSeq, stateJson, launch } = await calls.open(token);
    expect(acknowledgedSeq).toBe(3);
    expect(launch?.end).toBe(LaunchEnd.UNSPECIFIED);
    expect(JSON.parse(stateJson).activities.A.session.phase).toBe("running");
    expect((await calls.append(token, 4, [set("A", "cmi.core.lesson_location", "9")])).acknowledgedSeq).toBe(4);
  });

  it("is not given to a launch that was never opened", async () => {
    const registration = await register();
    const { token } = await calls.launch(registration.id);
    expect(await refusal(calls.append(token, 1, begin))).toBe("LEASE_LOST");
  });
});

describe("the end of a launch", () => {
  it("is for good after Exit, though what was under way is still taken", async () => {
    const registration = await register();
    const { token } = await calls.launch(registration.id);
    await calls.open(token);
    await calls.append(token, 1, begin);
    await calls.close(token, LaunchEnd.EXIT);
    expect(await refusal(calls.open(token))).toBe("LAUNCH_OVER");
    expect((await calls.append(token, 4, [set("A", "cmi.suspend_data", "late")])).acknowledgedSeq).toBe(4);
    expect(await refusal(calls.close(token, LaunchEnd.REVOKED))).toBe("FIELD_INVALID");
  });

  it("opens again after Exit when the learner asks for it, and goes on with the journal", async () => {
    const registration = await register();
    const { token } = await calls.launch(registration.id);
    await calls.open(token);
    await calls.append(token, 1, begin);
    await calls.close(token, LaunchEnd.EXIT);
    expect((await calls.open(token, true)).acknowledgedSeq).toBe(begin.length);
    const again = [set("A", "cmi.suspend_data", "again")];
    expect((await calls.append(token, begin.length + 1, again)).acknowledgedSeq).toBe(begin.length + 1);
    await calls.close(token, LaunchEnd.EXIT);
    expect(await refusal(calls.open(token))).toBe("LAUNCH_OVER");
  });

  it("settles the result of a session that was left open, and keeps the state that the journal gives", async () => {
    const sco = {
      identifier: "A",
      title: "A",
      visible: true,
      launch: { href: "a", type: "sco" },
      scorm12: { masteryScore: "80" },
      children: [],
    } as const;
    const registration = await calls.register(harness.catalog.addCourse(one, [sco]));
    const { token } = await calls.launch(registration.id);
    await calls.open(token);
    const { result } = await calls.append(token, 1, [
      navigate("A"),
      initialize("A"),
      set("A", "cmi.core.score.raw", "85"),
    ]);
    expect(result?.completion).toBe(Completion.INCOMPLETE);
    expect((await calls.close(token, LaunchEnd.CLOSED)).result?.completion).toBe(Completion.COMPLETE);
    const replay = await calls.owner(({ journal }) => journal.replayJournal({ registrationId: registration.id }));
    expect(replay.equalsStoredState).toBe(true);
  });

  it("comes from outside by revocation, which nothing survives; an absent launch is success", async () => {
    const registration = await register();
    const { id, token } = await calls.launch(registration.id);
    await calls.open(token);
    await calls.append(token, 1, begin);
    for (const launch of [id, id, uuidV7()]) await calls.owner(({ launches }) => launches.revokeLaunch({ id: launch }));
    for (const refused of [
      () => calls.open(token),
      () => resolve(token),
      () => calls.append(token, 4, [set("A", "cmi.suspend_data", "")]),
    ])
      expect(await refusal(refused())).toBe("LAUNCH_OVER");
    const events = await outboxOf<{ launch?: { id: string } }>(harness, LaunchEndedSchema);
    expect(events.filter((it) => it.launch?.id === id)).toHaveLength(1);
    const [read] = await launchesOf(registration.id);
    expect(read).toMatchObject({ end: LaunchEnd.REVOKED, lastSeq: 3, userAgent: "Test/1" });
  });

  it("comes by itself for an address that nobody opened in time, and for a player that went silent", async () => {
    const registration = await register();
    const unopened = await calls.launch(registration.id, { expireSeconds: 60 });
    const silent = await calls.launch(registration.id);
    await calls.open(silent.token);
    await calls.append(silent.token, 1, begin);
    time += 61_000;
    expect(await refusal(calls.open(unopened.token))).toBe("LAUNCH_OVER");
    expect((await launchesOf(registration.id)).at(-1)?.end).toBe(LaunchEnd.EXPIRED);
    expect((await resolve(silent.token)).launchId).toBe(silent.id);
    time += 25 * 3600_000;
    expect(await refusal(calls.open(silent.token))).toBe("LAUNCH_OVER");
    // Work done offline is delivered long after; nobody has built on the state without it.
    expect((await calls.append(silent.token, 4, [set("A", "cmi.suspend_data", "offline")])).acknowledgedSeq).toBe(4);
  });

  it("has no meaning for a token that does not exist", async () => {
    const token = "x".repeat(43);
    for (const refused of [
      () => calls.open(token),
      () => resolve(token),
      () => calls.append(token, 1, begin),
      () => calls.close(token, LaunchEnd.EXIT),
    ])
      expect(await refusal(refused())).toBe("LAUNCH_NOT_FOUND");
  });
});

describe("launches that keep nothing", () => {
  it.each([
    { mode: LaunchMode.REVIEW },
    { untracked: true },
  ])("play on the learner's state and record nothing: %o", async (wish) => {
    const registration = await register();
    const real = await calls.launch(registration.id);
    await calls.open(real.token);
    await calls.append(real.token, 1, begin);
    const { id, token } = await calls.launch(registration.id, wish);
    const opened = await calls.open(token);
    expect(JSON.parse(opened.stateJson).activities.A.values["cmi.core.lesson_location"]).toBe("1");
    expect((await calls.append(token, 1, [navigate("B"), initialize("B")])).acknowledgedSeq).toBe(2);
    expect(await harness.sql("select 1 from journal_segment where launch_id = $1", [id])).toEqual([]);
    expect((await calls.append(real.token, 4, [set("A", "cmi.core.lesson_location", "2")])).acknowledgedSeq).toBe(4);
  });

  it("are previews: they work like a registration and are in no list, no count and no event", async () => {
    const course = harness.catalog.addCourse(one, ["A"]);
    const opened = (await outboxOf(harness, LaunchOpenedSchema)).length;
    const { url } = await calls.owner(({ launches }) =>
      launches.createPreviewLaunch({ courseVersionId: course.currentVersion?.id ?? "" }),
    );
    const token = tokenOf(url);
    expect(JSON.parse((await calls.open(token)).contextJson).learnerName).toBe("Test owner");
    await calls.append(token, 1, [...begin, set("A", "cmi.core.lesson_status", "passed")]);
    await calls.close(token, LaunchEnd.CLOSED);
    expect(JSON.parse((await calls.open(token)).stateJson).activities.A.values["cmi.core.lesson_status"]).toBe(
      "passed",
    );
    const filter = { courseId: course.id };
    const { registrations } = await calls.owner((it) => it.registrations.listRegistrations({ filter }));
    const { total } = await calls.owner((it) => it.registrations.summarizeRegistrations({ filter }));
    expect([registrations.length, total?.registrations]).toEqual([0, 0n]);
    expect(await outboxOf(harness, LaunchOpenedSchema)).toHaveLength(opened);
  });
});
