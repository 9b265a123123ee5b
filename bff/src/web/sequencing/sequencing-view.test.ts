import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { CallerKind, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import {
  ActivityService,
  DecisionKind,
  SequencingEdition,
} from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import { NavigationKind } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import { StepKind, StepService } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import { describe, expect, it } from "vitest";
import { callRpc, type FakeService, fake, testBff } from "../../testing/test-bff.ts";

const owner = create(CallerSchema, {
  kind: CallerKind.PERSON,
  id: "p1",
  organizationId: "o1",
  permissions: [...ALL_PERMISSIONS],
});
const id = "01960000-0000-7000-8000-000000000001";
const where = { registrationId: id, instanceId: id };

const outlineJson = JSON.stringify({
  tree: {
    root: {
      identifier: "course",
      title: "Course",
      children: [
        {
          identifier: "test",
          title: "Test",
          sequencing: {
            objectives: [
              { id: "own", satisfiedByMeasure: true },
              { id: "topic", minNormalizedMeasure: 0.5 },
            ],
          },
        },
      ],
    },
  },
});
const registrations = fake(RegistrationService, { getActivityStates: () => ({ outlineJson }) });
const noSession = () => {
  throw serviceError(Code.NotFound, "SESSION_NOT_FOUND", "no such session", {});
};
const step = (revision: number) => ({
  id: `${id.slice(0, -1)}${revision}`,
  revision: BigInt(revision),
  kind: StepKind.NAVIGATION,
  navigation: { kind: NavigationKind.EXIT_ALL },
  outcome: { accepted: true },
  summary: `Step ${revision}`,
});

async function call(fakes: readonly FakeService[], method: string, body: object) {
  const bff = await testBff({ fakes, callers: { "Bearer owner": owner } });
  const answer = await callRpc(bff, `SequencingViewService/${method}`, body, { authorization: "Bearer owner" });
  await bff.stop();
  return answer;
}

describe("the steps of a try", () => {
  it("are all pages, with what passing takes in the course", async () => {
    const steps = fake(StepService, {
      listSteps: ({ page }) =>
        page?.pageToken === "more" ? { steps: [step(2)] } : { steps: [step(1)], page: { nextPageToken: "more" } },
    });
    const tree = fake(ActivityService, { getActivityTree: () => ({ edition: SequencingEdition.SCORM2004_3RD }) });
    const { body } = await call([registrations, steps, tree], "ListSteps", where);
    expect(body).toMatchObject({
      steps: [
        { number: 1, request: "exit_all", kind: "navigation", summary: "Step 1", accepted: true },
        { number: 2, summary: "Step 2" },
      ],
      edition: "3rd",
      passingScores: [
        { activityId: "course", primary: true },
        { activityId: "test", activityTitle: "Test", objectiveId: "own", primary: true, passingScore: 1 },
        { activityId: "test", objectiveId: "topic" },
      ],
    });
    const scores = body.passingScores as object[];
    expect([scores[0], scores[2]].map((each) => each && "passingScore" in each)).toEqual([false, false]);
  });

  it("are none before the first launch", async () => {
    const steps = fake(StepService, { listSteps: noSession });
    const tree = fake(ActivityService, { getActivityTree: noSession });
    const { status, body } = await call([registrations, steps, tree], "ListSteps", where);
    expect([status, body.steps]).toEqual([200, undefined]);
  });
});

it("says each decision of a step once, and what could be asked for next", async () => {
  const decision = { kind: DecisionKind.PRECONDITION_RULE, sentence: "Post-test skipped", line: 88 };
  const steps = fake(StepService, {
    getStep: () => ({
      step: step(1),
      processes: [
        { process: "UP.2", decisions: [decision] },
        { process: "UP.2", decisions: [decision] },
      ],
      controls: { continueEnabled: true, suspendAllEnabled: true },
    }),
  });
  const tree = fake(ActivityService, { getActivityTree: () => ({ activities: [{ id: "course", place: -1 }] }) });
  const { body } = await call([steps, tree], "GetStep", { instanceId: id, stepId: id });
  expect(body).toMatchObject({
    decisions: [{ kind: "precondition_rule", sentence: "Post-test skipped", line: 88 }],
    requests: ["continue", "suspend_all"],
    activities: [{ id: "course", leftOut: true, completion: "unknown" }],
  });
  expect(body.decisions).toHaveLength(1);
});

describe("a replay", () => {
  const journal = (equal: boolean) =>
    fake(JournalService, {
      replayJournal: () => ({
        equalsStoredState: equal,
        storedStateHash: "aa",
        replayedStateHash: equal ? "aa" : "bb",
        differences: equal ? [] : [{ launchId: id, seq: 4, expectedResult: "false", expectedError: "405" }],
      }),
    });

  it("is identical when journal and sequencing are, or the journal alone where there is no sequencing", async () => {
    const same = fake(StepService, {
      replaySession: () => ({ identical: true, storedHash: "cc", replayedHash: "cc" }),
    });
    const none = fake(StepService, { replaySession: noSession });
    expect((await call([journal(true), same], "ReplayRegistration", where)).body).toMatchObject({
      identical: true,
      journal: { storedHash: "aa", replayedHash: "aa" },
      sequencing: { storedHash: "cc" },
    });
    const plain = (await call([journal(true), none], "ReplayRegistration", where)).body;
    expect([plain.identical, plain.sequencing]).toEqual([true, undefined]);
  });

  it("names the first difference of either", async () => {
    const other = fake(StepService, { replaySession: () => ({ identical: false, firstDifferenceStepId: id }) });
    const { body } = await call([journal(false), other], "ReplayRegistration", where);
    expect(body.identical).toBeUndefined();
    expect(body).toMatchObject({
      journal: { seq: 4, expectedError: "405", differenceCount: 1 },
      sequencing: { firstDifferenceStepId: id },
    });
  });
});

it("refuses a what-if with an edition that there is not", async () => {
  const { status } = await call([fake(StepService, {})], "SimulateRegistration", { instanceId: id, edition: "5th" });
  expect(status).toBe(400);
});
