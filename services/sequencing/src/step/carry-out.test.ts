import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { StepKind } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import { openSession, prepareCourse } from "@coursemesh/scorm/sequencing/session.ts";
import { ValidNavigation } from "@coursemesh/scorm/sequencing/valid-navigation.ts";
import { describe, expect, it } from "vitest";
import type { Asked } from "./asked.ts";
import { type CarriedOut, carryOut } from "./carry-out.ts";

const environment = { now: 0, random: () => 0 };
const start: Asked = { kind: StepKind.START, now: 0 };
const asks = (navigation: NavigationRequest): Asked => ({ kind: StepKind.NAVIGATION, now: 0, navigation });

const controlMode = { flow: true, choice: true };
const course = prepareCourse({
  edition: "4th",
  root: {
    identifier: "course",
    title: "Course",
    sequencing: { controlMode },
    children: [
      {
        identifier: "part",
        title: "Part",
        sequencing: { controlMode },
        children: [
          { identifier: "one", title: "One" },
          { identifier: "two", title: "Two" },
        ],
      },
    ],
  },
});

function played(...asked: readonly Asked[]): CarriedOut {
  let done: CarriedOut | undefined;
  for (const each of asked)
    done = carryOut(done?.session ?? openSession(course), done?.status ?? SessionStatus.UNSPECIFIED, each, environment);
  if (done === undefined) throw new Error("nothing was asked");
  return done;
}

describe("a learner who was choosing", () => {
  const choosing = [start, asks({ type: "exit" })];

  it.each<[string, readonly Asked[]]>([
    ["whose window was closed", []],
    ["who saved and left", [asks({ type: "suspendAll" })]],
  ])("%s goes on choosing in the next launch", (_, leaving) => {
    const back = played(...choosing, ...leaving, start);
    expect(back).toMatchObject({ status: SessionStatus.WAITING, accepted: true, effect: { type: "nothing" } });
    const valid = new ValidNavigation(back.session, environment);
    expect([valid.continue(), valid.choice("one"), valid.choice("two")]).toEqual([true, true, true]);
  });

  it("has left for now, and comes back in the same launch", () => {
    const left = played(...choosing, asks({ type: "suspendAll" }));
    expect(left).toMatchObject({ status: SessionStatus.SUSPENDED, accepted: true });
    const back = played(
      ...choosing,
      asks({ type: "suspendAll" }),
      asks({ type: "resumeAll" }),
      asks({ type: "continue" }),
    );
    expect(back.effect).toMatchObject({ type: "deliver", delivery: { activity: "two" } });
  });

  it("is led where the next launch points", () => {
    const back = played(...choosing, { ...start, target: "two" });
    expect(back.effect).toMatchObject({ type: "deliver", delivery: { activity: "two" } });
  });
});

it("a launch that points to what cannot be chosen begins where it would have begun without", () => {
  expect(played({ ...start, target: "two" }).effect).toMatchObject({ delivery: { activity: "two" } });
  expect(played({ ...start, target: "gone" }).effect).toMatchObject({ delivery: { activity: "one" } });
  expect(played(start, asks({ type: "exit" }), { ...start, target: "gone" })).toMatchObject({
    status: SessionStatus.WAITING,
    accepted: true,
  });
});

it("an activity that was open is resumed by the next launch", () => {
  const back = played(start, start);
  expect(back.effect).toMatchObject({ type: "deliver", delivery: { activity: "one", resumed: true } });
});
