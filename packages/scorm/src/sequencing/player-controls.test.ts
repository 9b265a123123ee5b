import { describe, expect, it } from "vitest";
import { controlStates, type TocEntry, tableOfContents } from "./player-controls.ts";
import { openSession, prepareCourse } from "./session.ts";
import { step } from "./step.ts";
import { ValidNavigation } from "./valid-navigation.ts";

const environment = { now: 0, random: () => 0 };
const always = [{ condition: "always" }] as const;
const course = prepareCourse({
  edition: "4th",
  root: {
    identifier: "root",
    title: "Course",
    sequencing: { controlMode: { flow: true } },
    children: [
      { identifier: "one", title: "One", hideLmsUi: ["exitAll"] },
      {
        identifier: "two",
        title: "Two",
        sequencing: { preConditionRules: [{ action: "disabled", conditions: always }] },
      },
      {
        identifier: "three",
        title: "Three",
        sequencing: { preConditionRules: [{ action: "hiddenFromChoice", conditions: always }] },
        children: [{ identifier: "below", title: "Below" }],
      },
      { identifier: "four", title: "Four", visible: false, children: [{ identifier: "five", title: "Five" }] },
    ],
  },
});
const { session } = step(openSession(course), { navigation: { type: "start" } }, environment);
const valid = new ValidNavigation(session, environment);

describe("the controls of a player", () => {
  it("are hidden where the manifest says so, and disabled where they would do nothing", () => {
    expect(controlStates(session, valid)).toEqual({
      continue: "enabled",
      previous: "disabled",
      exit: "enabled",
      exitAll: "hidden",
      abandon: "enabled",
      abandonAll: "enabled",
      suspendAll: "enabled",
    });
  });
});

describe("the table of contents", () => {
  const flagsOf = ({ activity, visible, current, selectable, disabled, children }: TocEntry): readonly string[] => [
    [activity, visible && "visible", current && "current", selectable && "selectable", disabled && "disabled"]
      .filter(Boolean)
      .join(" "),
    ...children.flatMap(flagsOf),
  ];

  it("tells the current, the disabled, the hidden and the unlisted activity apart", () => {
    const { children } = tableOfContents(session, valid, environment);
    expect(children.flatMap(flagsOf)).toEqual([
      "one visible current selectable",
      "two visible disabled",
      "three",
      "below",
      "four",
      "five visible selectable",
    ]);
  });
});
