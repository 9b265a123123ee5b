import { create, toBinary } from "@bufbuild/protobuf";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { RegistrationDeletedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { NavigationKind } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import type { ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import { describe, expect, it, vi } from "vitest";
import { courseOf, leaf, preTestCourse, sharingCourse } from "./courses.ts";
import { one, registrationOn, report, sequencingForTests } from "./sequencing-harness.ts";

const here = sequencingForTests();

const on = (tree: ActivityTree, learnerId?: string) =>
  registrationOn(here.mine, here.harness.catalog.add(one, tree), learnerId);
const objectivesOf = async (learnerId: string, instanceId = "") =>
  (await here.mine.owner((it) => it.objectives.listGlobalObjectives({ learnerId, instanceId }))).globalObjectives;
const sharedOf = async (learnerId: string, instanceId = "") =>
  (await here.mine.owner((it) => it.shared.listSharedData({ learnerId, instanceId }))).sharedData;

/** A course whose only activity writes the score of its primary objective to one global objective, and its status to another. */
const writing = (measure: string, status: string): ActivityTree =>
  courseOf([
    leaf("w", "Writer", {
      objectives: [
        {
          id: "p",
          maps: [
            { targetId: measure, writeNormalizedMeasure: true },
            { targetId: status, writeSatisfiedStatus: true },
          ],
        },
      ],
    }),
    leaf("z", "Last"),
  ]);

describe("global objectives", () => {
  it("go with the learner from course to course, and say where they came from", async () => {
    const learnerId = uuidV7();
    const first = on(preTestCourse, learnerId);
    await first.launch();
    await first.continue({ scoreScaled: 0.8 });
    const second = on(preTestCourse, learnerId);
    await second.launch();
    const request = { instanceId: second.instanceId, activityId: "lesson" };
    const { summary } = await here.mine.owner((it) => it.activities.explainActivity(request));
    expect(summary).toBe("Lesson skipped: objective obj1 satisfied in another course");
    const stranger = on(preTestCourse);
    await stranger.launch();
    expect((await stranger.continue({ scoreScaled: 0.1 })).state?.delivery?.activityId).toBe("lesson");
  });

  it("of a course that keeps them belong to its instance, and end with the attempt on it", async () => {
    const learnerId = uuidV7();
    const own = on({ ...preTestCourse, objectivesGlobalToSystem: false }, learnerId);
    await own.launch();
    await own.continue({ scoreScaled: 0.8 });
    expect([await objectivesOf(learnerId), (await objectivesOf(learnerId, own.instanceId)).length]).toEqual([[], 1]);
    await own.navigate(NavigationKind.EXIT_ALL);
    const again = await own.launch();
    expect(again.state?.delivery?.activityId).toBe("pre");
    expect(present((await objectivesOf(learnerId, own.instanceId))[0]).success).toBe(Success.UNKNOWN);
  });

  it("are not lost when two courses write the same ones at once", async () => {
    const learnerId = uuidV7();
    const [left, right] = [on(writing("shared", "left"), learnerId), on(writing("right", "shared"), learnerId)];
    await Promise.all([left.launch(), right.launch()]);
    await Promise.all([
      left.continue({ scoreScaled: 0.25, successStatus: "failed" }),
      right.continue({ scoreScaled: 0.75, successStatus: "passed" }),
    ]);
    const known = new Map((await objectivesOf(learnerId)).map((it) => [it.objectiveId, it]));
    expect(known.get("shared")).toMatchObject({ scoreScaled: 0.25, success: Success.PASSED });
    expect([known.get("left")?.success, known.get("right")?.scoreScaled]).toEqual([Success.FAILED, 0.75]);
    for (const { instanceId } of [left, right]) {
      expect((await here.mine.owner((it) => it.steps.replaySession({ instanceId }))).identical).toBe(true);
    }
  });

  it("are corrected by hand when nobody uses them, and the next step sees it", async () => {
    const jane = on(preTestCourse);
    await jane.launch();
    await jane.continue({ scoreScaled: 0.1 });
    const [objective] = await objectivesOf(jane.learnerId);
    const { id = "", etag = "" } = objective ?? {};
    const correct = (given: object, paths = ["success"]) =>
      here.mine.owner((it) =>
        it.objectives.updateGlobalObjective({
          globalObjective: { id, success: Success.PASSED, ...given },
          updateMask: { paths },
          note: "oral test",
        }),
      );
    expect(await failure(correct({}))).toEqual({
      reason: "SESSION_ACTIVE",
      metadata: { instance_id: jane.instanceId },
    });
    await jane.navigate(NavigationKind.SUSPEND_ALL, { report: report({ exit: "suspend" }) });
    expect((await failure(correct({ etag: "99" }))).reason).toBe("ETAG_MISMATCH");
    expect((await failure(correct({ scoreScaled: 3 }, ["score_scaled"]))).reason).toBe("FIELD_INVALID");
    expect((await failure(correct({ id: uuidV7() }))).reason).toBe("GLOBAL_OBJECTIVE_NOT_FOUND");
    const { globalObjective } = await correct({ etag });
    expect([globalObjective?.success, globalObjective?.stepId]).toEqual([Success.PASSED, ""]);
    const corrections = await here.harness.sql("select note, corrected_by from correction where learner_id = $1", [
      jane.learnerId,
    ]);
    expect(corrections).toMatchObject([{ note: "oral test" }]);
    await jane.launch();
    await jane.continue();
    const request = { instanceId: jane.instanceId, activityId: "post" };
    const { summary } = await here.mine.owner((it) => it.activities.explainActivity(request));
    expect(summary).toBe("Post-test skipped: objective obj1 satisfied by a correction");
  });

  it("are forgotten, once or again", async () => {
    const jane = on(preTestCourse);
    await jane.launch();
    await jane.continue({ scoreScaled: 0.9 });
    await jane.navigate(NavigationKind.EXIT_ALL);
    const { id } = present((await objectivesOf(jane.learnerId))[0]);
    await here.mine.owner((it) => it.objectives.deleteGlobalObjective({ id }));
    await here.mine.owner((it) => it.objectives.deleteGlobalObjective({ id }));
    expect(await objectivesOf(jane.learnerId)).toEqual([]);
  });
});

describe("shared data", () => {
  it("is given to whoever may read it, and written by whoever may write it", async () => {
    const jane = on(sharingCourse);
    await jane.launch();
    const text = "a \u0000 and a lone \ud800";
    const shared = { notes: text, fixed: "not allowed", unknown: "not there" };
    const { state } = await jane.navigate(NavigationKind.CONTINUE, { shared });
    expect(JSON.parse(Buffer.from(state?.sharedJson ?? []).toString())).toEqual({ notes: text });
    expect(state?.delivery?.sharedData).toMatchObject([{ targetId: "notes", readable: true, writable: false }]);
    await jane.navigate(NavigationKind.EXIT_ALL, { shared: { notes: "changed by a reader" } });
    expect((await sharedOf(jane.learnerId)).map(({ targetId }) => targetId)).toEqual(["notes"]);
    expect(present((await sharedOf(jane.learnerId))[0]).value).toBe(text.toWellFormed());
  });

  it("that a course keeps to itself ends with the attempt on it", async () => {
    const jane = on({ ...sharingCourse, sharedDataGlobalToSystem: false });
    await jane.launch();
    await jane.navigate(NavigationKind.CONTINUE, { shared: { notes: "mine" } });
    expect([await sharedOf(jane.learnerId), (await sharedOf(jane.learnerId, jane.instanceId)).length]).toEqual([[], 1]);
    await jane.navigate(NavigationKind.EXIT_ALL);
    expect(await sharedOf(jane.learnerId, jane.instanceId)).toEqual([]);
  });

  it("is saved before an activity ends, and then not overwritten with what was there before", async () => {
    const jane = on(sharingCourse);
    await jane.launch();
    const { launchId, instanceId } = jane;
    const values = [{ targetId: "notes", value: "early" }];
    const request = { launchId, seq: 3, instanceId, activityId: "writer", values };
    const save = (more: object) => here.mine.runtime((_, stores) => stores.saveSharedData({ ...request, ...more }));
    await save({});
    await save({});
    expect((await failure(save({ values: [{ targetId: "notes", value: "other" }] }))).reason).toBe("SEQ_REUSED");
    const fixed = { seq: 4, values: [{ targetId: "fixed", value: "x" }] };
    expect((await failure(save(fixed))).reason).toBe("SHARED_DATA_NOT_WRITABLE");
    const [row] = await sharedOf(jane.learnerId);
    expect(row?.value).toBe("early");
    const remove = () => here.mine.owner((it) => it.shared.deleteSharedData({ id: row?.id ?? "" }));
    expect((await failure(remove())).reason).toBe("SESSION_ACTIVE");
    await jane.navigate(NavigationKind.EXIT_ALL, { shared: { notes: "early" } });
    await remove();
    await remove();
    expect(await sharedOf(jane.learnerId)).toEqual([]);
  });
});

describe("deleting", () => {
  it("a session keeps the learner's objectives; a learner takes everything", async () => {
    const learnerId = uuidV7();
    const registrations = [on(preTestCourse, learnerId), on(preTestCourse, learnerId)];
    for (const registration of registrations) {
      await registration.launch();
      await registration.continue({ scoreScaled: 0.9 });
    }
    const { instanceId } = present(registrations[0]);
    await here.mine.runtime((it) => it.deleteSession({ instanceId }));
    await here.mine.runtime((it) => it.deleteSession({ instanceId }));
    const listed = here.mine.owner((it) => it.steps.listSteps({ instanceId }));
    expect((await failure(listed)).reason).toBe("SESSION_NOT_FOUND");
    expect(await objectivesOf(learnerId)).toHaveLength(1);
    const { sessionsDeleted } = await here.mine.runtime((it) => it.deleteLearner({ learnerId }));
    expect([sessionsDeleted, await objectivesOf(learnerId)]).toEqual([1n, []]);
    const rows = await here.harness.sql("select 1 from session where learner_id = $1", [learnerId]);
    expect(rows).toEqual([]);
  });
});

describe("a registration that is deleted", () => {
  it("takes its sessions with it, and no other's", async () => {
    const [gone, stays] = [on(preTestCourse), on(preTestCourse)];
    await gone.launch();
    await stays.launch();
    const { registrationId } = gone.startRequest();
    const value = toBinary(RegistrationDeletedSchema, create(RegistrationDeletedSchema, { registrationId }));
    const { typeName: type } = RegistrationDeletedSchema;
    const event = create(EventEnvelopeSchema, { id: uuidV7(), organizationId: one, type, payload: { value } });
    await here.harness.mesh.deps.bus.publish(event);
    const stepsOf = (instanceId: string) => here.mine.owner((it) => it.steps.listSteps({ instanceId }));
    await vi.waitFor(async () => {
      expect((await failure(stepsOf(gone.instanceId))).reason).toBe("SESSION_NOT_FOUND");
    }, 20_000);
    expect((await stepsOf(stays.instanceId)).steps).toHaveLength(1);
  });
});

describe("another organization", () => {
  it("gets what it would get if nothing were there", async () => {
    const jane = on(preTestCourse);
    await jane.launch();
    const { outcome } = await jane.continue({ scoreScaled: 0.9 });
    const { instanceId, learnerId } = jane;
    const { id: objectiveId } = present((await objectivesOf(learnerId))[0]);
    const stepId = outcome?.stepId ?? "";
    const refused = {
      GetSession: here.theirs.runtime((it) => it.getSession({ instanceId })),
      ProcessNavigation: here.theirs.runtime((it) =>
        it.processNavigation(jane.navigationRequest(NavigationKind.EXIT_ALL)),
      ),
      ListSteps: here.theirs.owner((it) => it.steps.listSteps({ instanceId })),
      GetStep: here.theirs.owner((it) => it.steps.getStep({ id: stepId })),
      ReplaySession: here.theirs.owner((it) => it.steps.replaySession({ instanceId })),
      SimulateSession: here.theirs.owner((it) => it.steps.simulateSession({ instanceId, overrides: {} })),
      GetActivityTree: here.theirs.owner((it) => it.activities.getActivityTree({ instanceId })),
      ExplainActivity: here.theirs.owner((it) => it.activities.explainActivity({ instanceId, activityId: "pre" })),
      UpdateGlobalObjective: here.theirs.owner((it) =>
        it.objectives.updateGlobalObjective({
          globalObjective: { id: objectiveId },
          updateMask: { paths: ["success"] },
        }),
      ),
    };
    const reasons = await Promise.all(
      Object.entries(refused).map(async ([name, call]) => [name, (await failure(call)).reason] as const),
    );
    expect(Object.fromEntries(reasons)).toEqual({
      GetSession: "SESSION_NOT_FOUND",
      ProcessNavigation: "SESSION_NOT_FOUND",
      ListSteps: "SESSION_NOT_FOUND",
      GetStep: "STEP_NOT_FOUND",
      ReplaySession: "SESSION_NOT_FOUND",
      SimulateSession: "SESSION_NOT_FOUND",
      GetActivityTree: "SESSION_NOT_FOUND",
      ExplainActivity: "SESSION_NOT_FOUND",
      UpdateGlobalObjective: "GLOBAL_OBJECTIVE_NOT_FOUND",
    });
    await here.theirs.runtime((it) => it.deleteSession({ instanceId }));
    await here.theirs.runtime((it) => it.deleteLearner({ learnerId }));
    await here.theirs.owner((it) => it.objectives.deleteGlobalObjective({ id: objectiveId }));
    const empty = await here.theirs.owner((it) => it.objectives.listGlobalObjectives({ learnerId }));
    expect([empty.globalObjectives, (await objectivesOf(learnerId)).length]).toEqual([[], 1]);
    expect((await here.mine.runtime((it) => it.getSession({ instanceId }))).state?.revision).toBe(2n);
  });
});
