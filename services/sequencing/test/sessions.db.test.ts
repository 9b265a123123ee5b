import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { NavigationKind } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { describe, expect, it } from "vitest";
import { courseOf, leaf, preTestCourse } from "./courses.ts";
import { one, registrationOn, report, sequencingForTests } from "./sequencing-harness.ts";

const here = sequencingForTests();

const plainCourse = courseOf([leaf("a", "A"), leaf("b", "B"), leaf("c", "C")]);
const learnerOn = (tree = plainCourse) => registrationOn(here.mine, here.harness.catalog.add(one, tree));

describe("a session", () => {
  it("delivers, skips what is satisfied, and ends", async () => {
    const jane = learnerOn(preTestCourse);
    const { state, outcome } = await jane.launch();
    expect([state?.status, state?.delivery?.activityId, state?.revision]).toEqual([SessionStatus.ACTIVE, "pre", 1n]);
    expect(JSON.parse(Buffer.from(state?.delivery?.deliveryJson ?? []).toString())).toMatchObject({
      activity: "pre",
      attempt: 1,
      scaledPassingScore: 0.6,
    });
    expect([outcome?.accepted, outcome?.exception, outcome?.repeated]).toEqual([true, "", false]);
    const second = await jane.continue({ scoreScaled: 0.9, completionStatus: "completed" });
    expect(second.state?.delivery?.activityId).toBe("end");
    const last = await jane.navigate(NavigationKind.EXIT_ALL);
    expect([last.state?.status, last.state?.delivery]).toEqual([SessionStatus.ENDED, undefined]);
    const late = await jane.navigate(NavigationKind.CONTINUE);
    expect([late.outcome?.exception, late.state?.status]).toEqual(["NB.2.1-2", SessionStatus.ENDED]);
    const result = { activityId: "end", reportJson: Buffer.from(JSON.stringify(report())) };
    const withResult = { ...jane.navigationRequest(NavigationKind.CONTINUE), result };
    expect((await failure(here.mine.runtime((it) => it.processNavigation(withResult)))).reason).toBe("SESSION_ENDED");
  });

  it("is suspended and goes on in the next launch", async () => {
    const jane = learnerOn();
    await jane.launch();
    await jane.continue();
    const away = await jane.navigate(NavigationKind.SUSPEND_ALL, { report: report({ exit: "suspend" }) });
    expect(away.state?.status).toBe(SessionStatus.SUSPENDED);
    const { state } = await jane.launch();
    expect([state?.delivery?.activityId, state?.delivery?.resumed]).toEqual(["b", true]);
  });

  it("suspends what an older launch left open", async () => {
    const jane = learnerOn();
    await jane.launch();
    await jane.continue();
    const old = jane.launchId;
    const { state } = await jane.launch();
    expect([state?.status, state?.delivery?.activityId, state?.delivery?.resumed]).toEqual([
      SessionStatus.ACTIVE,
      "b",
      true,
    ]);
    const late = { ...jane.navigationRequest(NavigationKind.CONTINUE), launchId: old, seq: 500 };
    expect(await failure(here.mine.runtime((it) => it.processNavigation(late)))).toEqual({
      reason: "LAUNCH_SUPERSEDED",
      metadata: { instance_id: jane.instanceId, launch_id: jane.launchId },
    });
  });

  it("opens the activity that a launch asks for", async () => {
    const { state } = await learnerOn().launch({ targetActivityId: "c" });
    expect(state?.delivery?.activityId).toBe("c");
  });

  it("answers a refused request, and stays where it was", async () => {
    const jane = learnerOn();
    await jane.launch();
    const { state, outcome } = await jane.navigate(NavigationKind.PREVIOUS);
    expect([outcome?.accepted, outcome?.exception, state?.delivery]).toEqual([false, "SB.2.1-3", undefined]);
    const { state: present } = await here.mine.runtime((it) => it.getSession({ instanceId: jane.instanceId }));
    expect([present?.status, present?.stateHash]).toEqual([state?.status, state?.stateHash]);
  });

  it("takes results without a request, and what the typed fields say where there is no report", async () => {
    const jane = learnerOn();
    await jane.launch();
    const { launchId, instanceId } = jane;
    const { now } = jane.navigationRequest(undefined);
    const result = { activityId: "a", success: Success.PASSED, completion: Completion.COMPLETE, scoreScaled: 0.7 };
    const { state } = await here.mine.runtime((it) => it.saveProgress({ launchId, seq: 15, instanceId, now, result }));
    const { activities } = await here.mine.owner((it) => it.activities.getActivityTree({ instanceId }));
    expect(activities.find(({ id }) => id === "a")?.tracking).toMatchObject({
      success: Success.PASSED,
      completion: Completion.COMPLETE,
      scoreScaled: 0.7,
    });
    expect([state?.status, state?.revision]).toEqual([SessionStatus.ACTIVE, 2n]);
  });

  it("refuses results of an activity that is not there, or not delivered", async () => {
    const jane = learnerOn();
    await jane.launch();
    const request = jane.navigationRequest(NavigationKind.CONTINUE);
    const of = (activityId: string) =>
      failure(
        here.mine.runtime((it) => it.processNavigation({ ...request, result: { ...request.result, activityId } })),
      );
    expect((await of("nowhere")).reason).toBe("ACTIVITY_NOT_FOUND");
    expect(await of("b")).toEqual({
      reason: "RESULT_INVALID",
      metadata: { activity_id: "b", delivered_activity_id: "a" },
    });
    const broken = { ...request, result: { activityId: "a", reportJson: Buffer.from("{}") } };
    expect((await failure(here.mine.runtime((it) => it.processNavigation(broken)))).reason).toBe("RESULT_INVALID");
  });

  it("needs a version with an activity tree", async () => {
    const jane = registrationOn(here.mine, { courseId: jane0, courseVersionId: jane0 });
    expect((await failure(jane.launch())).reason).toBe("OUTLINE_NOT_FOUND");
  });
});

const jane0 = "00000000-0000-7000-8000-00000000dead";

describe("the same call", () => {
  it("gets the first answer, whatever happened since", async () => {
    const jane = learnerOn();
    const start = jane.startRequest();
    const first = await here.mine.runtime((it) => it.startSession(start));
    const { launchId, instanceId } = start;
    const { now } = jane.navigationRequest(undefined);
    const request = { launchId, seq: 5, instanceId, now, navigation: { kind: NavigationKind.CONTINUE } };
    const second = await here.mine.runtime((it) => it.processNavigation(request));
    const later = { ...request, seq: 9, navigation: { kind: NavigationKind.SUSPEND_ALL } };
    await here.mine.runtime((it) => it.processNavigation(later));
    const again = await here.mine.runtime((it) => it.startSession(start));
    expect(again.outcome?.repeated).toBe(true);
    expect({ ...again, outcome: { ...again.outcome, repeated: false } }).toEqual(first);
    const secondAgain = await here.mine.runtime((it) => it.processNavigation(request));
    expect(secondAgain.state).toEqual(second.state);
  });

  it("with another request is refused, and an older one too", async () => {
    const jane = learnerOn();
    const start = jane.startRequest({ seq: 3 });
    await here.mine.runtime((it) => it.startSession(start));
    const { launchId, instanceId, now } = start;
    const continued = { launchId, seq: 5, instanceId, now, navigation: { kind: NavigationKind.CONTINUE } };
    await here.mine.runtime((it) => it.processNavigation(continued));
    const other = { ...continued, navigation: { kind: NavigationKind.EXIT } };
    expect((await failure(here.mine.runtime((it) => it.processNavigation(other)))).reason).toBe("SEQ_REUSED");
    expect(await failure(here.mine.runtime((it) => it.processNavigation({ ...other, seq: 4 })))).toEqual({
      reason: "SEQ_OUT_OF_ORDER",
      metadata: { launch_id: launchId, seq: "4", last_seq: "5" },
    });
    const review = { ...start, mode: LaunchMode.REVIEW };
    expect((await failure(here.mine.runtime((it) => it.startSession(review)))).reason).toBe("SEQ_REUSED");
  });

  it("asked many times at once is one step", async () => {
    const jane = learnerOn();
    await jane.launch();
    const request = jane.navigationRequest(NavigationKind.CONTINUE);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => here.mine.runtime((it) => it.processNavigation(request))),
    );
    expect(answers.filter(({ outcome }) => !outcome?.repeated)).toHaveLength(1);
    expect(new Set(answers.map(({ outcome }) => outcome?.stepId)).size).toBe(1);
    const { steps } = await here.mine.owner((it) => it.steps.listSteps({ instanceId: jane.instanceId }));
    expect(steps).toHaveLength(2);
  });
});

describe("a process that dies in the middle of a step", () => {
  it("leaves nothing of it, and the same call goes through afterwards", async () => {
    const jane = learnerOn(preTestCourse);
    await jane.launch();
    const everything = () =>
      here.harness.sql(`select (select json_agg(s) from session s where instance_id = '${jane.instanceId}')::text as session,
        (select count(*) from step) as steps, (select count(*) from outbox) as events,
        (select json_agg(g) from global_objective g where learner_id = '${jane.learnerId}')::text as objectives`);
    const before = await everything();
    const values = report({ scoreScaled: 0.9 });
    const request = jane.navigationRequest(NavigationKind.CONTINUE, { report: values });
    here.harness.failNext();
    await expect(here.mine.runtime((it) => it.processNavigation(request))).rejects.toThrow();
    expect(await everything()).toEqual(before);
    const answer = await here.mine.runtime((it) => it.processNavigation(request));
    expect([answer.outcome?.repeated, present(answer.state).delivery?.activityId]).toEqual([false, "end"]);
  });
});
