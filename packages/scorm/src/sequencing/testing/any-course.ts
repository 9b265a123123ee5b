import fc from "fast-check";
import type { ActivityDefinition, ActivityTree } from "../activity-tree.ts";
import type { NavigationRequest, SequencingRequest } from "../request.ts";
import type { AttemptReport } from "../run-time-input.ts";

const conditionNames = [
  "satisfied",
  "objectiveStatusKnown",
  "objectiveMeasureKnown",
  "completed",
  "activityProgressKnown",
  "attempted",
  "attemptLimitExceeded",
  "timeLimitExceeded",
  "outsideAvailableTimeRange",
] as const;
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const operator = fc.constantFrom("not", "noOp");

/** Rules with one of these actions. */
const rules = (...actions: readonly string[]) =>
  maybe(
    fc.array(
      fc.record({
        action: fc.constantFrom(...actions),
        combination: fc.constantFrom("all", "any"),
        conditions: fc.array(
          fc.record({
            condition: fc.constantFrom(...conditionNames, "always", "objectiveMeasureGreaterThan"),
            operator,
            measureThreshold: fc.constantFrom(-0.5, 0, 0.5),
          }),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 2 },
    ),
  );
const map = fc.record({
  targetId: fc.constantFrom("g1", "g2"),
  readSatisfiedStatus: fc.boolean(),
  readNormalizedMeasure: fc.boolean(),
  writeSatisfiedStatus: fc.boolean(),
  writeNormalizedMeasure: fc.boolean(),
  readCompletionStatus: fc.boolean(),
  writeCompletionStatus: fc.boolean(),
});
const timing = fc.constantFrom("never", "once", "onEachNewAttempt");
const consideration = fc.constantFrom("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended");

const sequencing = fc.record({
  controlMode: fc.record({
    choice: fc.boolean(),
    choiceExit: fc.boolean(),
    flow: fc.constantFrom(true, true, true, false),
    forwardOnly: fc.constantFrom(false, false, true),
    useCurrentAttemptObjectiveInfo: fc.boolean(),
    useCurrentAttemptProgressInfo: fc.boolean(),
  }),
  constrainedChoice: maybe(fc.record({ preventActivation: fc.boolean(), constrainChoice: fc.boolean() })),
  preConditionRules: rules("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"),
  exitConditionRules: rules("exit"),
  postConditionRules: rules("exitParent", "exitAll", "retry", "retryAll", "continue", "previous"),
  limitConditions: maybe(fc.record({ attemptLimit: fc.nat(3) })),
  rollupRules: maybe(
    fc.array(
      fc.record({
        action: fc.constantFrom("satisfied", "notSatisfied", "completed", "incomplete"),
        childActivitySet: fc.constantFrom("all", "any", "none", "atLeastCount", "atLeastPercent"),
        minimumCount: fc.nat(2),
        minimumPercent: fc.constantFrom(0, 0.5, 1),
        conditions: fc.array(fc.record({ condition: fc.constantFrom(...conditionNames), operator }), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  ),
  rollupConsiderations: maybe(fc.record({ requiredForSatisfied: consideration, requiredForCompleted: consideration })),
  objectives: maybe(
    fc.array(fc.record({ satisfiedByMeasure: fc.boolean(), maps: fc.array(map, { maxLength: 2 }) }), { maxLength: 2 }),
  ),
  selection: maybe(fc.record({ timing, count: fc.nat(3) })),
  randomization: maybe(fc.record({ timing, reorderChildren: fc.boolean() })),
  deliveryControls: maybe(fc.record({ tracked: fc.constantFrom(true, true, false) })),
});

interface Shape {
  readonly sequencing: unknown;
  readonly children: readonly Shape[];
}

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record({
    sequencing,
    children: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie("shape"), { maxLength: 4 })),
  }),
}));

/** Courses of up to four levels with every kind of rule; activities are called `A` and a number, in the order of the tree. */
export const anyTree: fc.Arbitrary<ActivityTree> = fc
  .record({ edition: fc.constantFrom("2nd", "3rd", "4th"), objectivesGlobalToSystem: fc.boolean(), root: shape })
  .map(({ root, ...rest }) => {
    let count = 0;
    const named = (node: Shape): ActivityDefinition => {
      const identifier = `A${count++}`;
      return { identifier, title: identifier, ...node, children: node.children.map(named) } as ActivityDefinition;
    };
    return { ...rest, root: named(root) } as ActivityTree;
  });

const target = fc.nat(12).map((number) => `A${number}`);
const navigation: fc.Arbitrary<NavigationRequest> = fc.oneof(
  fc
    .constantFrom(
      ...(["start", "resumeAll", "continue", "continue", "previous", "exit", "exitAll"] as const),
      ...(["abandon", "abandonAll", "suspendAll", "forward"] as const),
    )
    .map((type) => ({ type })),
  fc.record({ type: fc.constantFrom("choice", "jump"), target }),
);
const report = fc.record(
  {
    completionStatus: fc.constantFrom("completed", "incomplete", "unknown"),
    successStatus: fc.constantFrom("passed", "failed", "unknown"),
    scoreScaled: fc.constantFrom(-1, 0, 0.4, 1),
    progressMeasure: fc.constantFrom(0, 0.5, 1),
    sessionTime: fc.nat(100),
    objectives: fc.constant([]),
    exit: fc.constantFrom("", "normal", "suspend", "logout", "time-out"),
  },
  { requiredKeys: ["objectives", "exit"] },
) as fc.Arbitrary<AttemptReport>;

/** Whatever may be asked of a session. */
export const anyRequest: fc.Arbitrary<SequencingRequest> = fc.record(
  { navigation, report },
  { requiredKeys: ["navigation"] },
);
