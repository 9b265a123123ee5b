import type { ProcessId } from "./process-id.ts";

/** Where each process of the pseudo-code (SN, Appendix C) stands: its name in the book, its file, and the function. A test compares it with the folder. */
export const processIndex: Readonly<
  Record<ProcessId, { readonly name: string; readonly file: string; readonly run: string }>
> = {
  "OP.1": { name: "Overall Sequencing", file: "overall/op-1-overall-sequencing.ts", run: "overallSequencing" },
  "NB.2.1": { name: "Navigation Request", file: "navigation/nb-2-1-navigation-request.ts", run: "navigationRequest" },
  "TB.2.1": {
    name: "Sequencing Exit Action Rules",
    file: "termination/tb-2-1-sequencing-exit-action-rules.ts",
    run: "sequencingExitActionRules",
  },
  "TB.2.2": {
    name: "Sequencing Post Condition Rules",
    file: "termination/tb-2-2-sequencing-post-condition-rules.ts",
    run: "sequencingPostConditionRules",
  },
  "TB.2.3": {
    name: "Termination Request",
    file: "termination/tb-2-3-termination-request.ts",
    run: "terminationRequest",
  },
  "RB.1.1.a": { name: "Measure Rollup", file: "rollup/rb-1-1-a-measure-rollup.ts", run: "measureRollup" },
  "RB.1.1.b": {
    name: "Completion Measure Rollup",
    file: "rollup/rb-1-1-b-completion-measure-rollup.ts",
    run: "completionMeasureRollup",
  },
  "RB.1.2": { name: "Objective Rollup", file: "rollup/rb-1-2-objective-rollup.ts", run: "objectiveRollup" },
  "RB.1.2.a": {
    name: "Objective Rollup Using Measure",
    file: "rollup/rb-1-2-a-objective-rollup-using-measure.ts",
    run: "objectiveRollupUsingMeasure",
  },
  "RB.1.2.b": {
    name: "Objective Rollup Using Rules",
    file: "rollup/rb-1-2-b-objective-rollup-using-rules.ts",
    run: "objectiveRollupUsingRules",
  },
  "RB.1.3": {
    name: "Activity Progress Rollup",
    file: "rollup/rb-1-3-activity-progress-rollup.ts",
    run: "activityProgressRollup",
  },
  "RB.1.3.a": {
    name: "Activity Progress Rollup Using Measure",
    file: "rollup/rb-1-3-a-activity-progress-rollup-using-measure.ts",
    run: "activityProgressRollupUsingMeasure",
  },
  "RB.1.3.b": {
    name: "Activity Progress Rollup Using Rules",
    file: "rollup/rb-1-3-b-activity-progress-rollup-using-rules.ts",
    run: "activityProgressRollupUsingRules",
  },
  "RB.1.4": { name: "Rollup Rule Check", file: "rollup/rb-1-4-rollup-rule-check.ts", run: "rollupRuleCheck" },
  "RB.1.4.1": {
    name: "Evaluate Rollup Conditions",
    file: "rollup/rb-1-4-1-evaluate-rollup-conditions.ts",
    run: "evaluateRollupConditions",
  },
  "RB.1.4.2": {
    name: "Check Child for Rollup",
    file: "rollup/rb-1-4-2-check-child-for-rollup.ts",
    run: "checkChildForRollup",
  },
  "RB.1.5": { name: "Overall Rollup", file: "rollup/rb-1-5-overall-rollup.ts", run: "overallRollup" },
  "SR.1": { name: "Select Children", file: "selection/sr-1-select-children.ts", run: "selectChildren" },
  "SR.2": { name: "Randomize Children", file: "selection/sr-2-randomize-children.ts", run: "randomizeChildren" },
  "SB.2.1": { name: "Flow Tree Traversal", file: "sequencing/sb-2-1-flow-tree-traversal.ts", run: "flowTreeTraversal" },
  "SB.2.2": {
    name: "Flow Activity Traversal",
    file: "sequencing/sb-2-2-flow-activity-traversal.ts",
    run: "flowActivityTraversal",
  },
  "SB.2.3": { name: "Flow", file: "sequencing/sb-2-3-flow.ts", run: "flow" },
  "SB.2.4": {
    name: "Choice Activity Traversal",
    file: "sequencing/sb-2-4-choice-activity-traversal.ts",
    run: "choiceActivityTraversal",
  },
  "SB.2.5": { name: "Start Sequencing Request", file: "sequencing/sb-2-5-start.ts", run: "startSequencingRequest" },
  "SB.2.6": {
    name: "Resume All Sequencing Request",
    file: "sequencing/sb-2-6-resume-all.ts",
    run: "resumeAllSequencingRequest",
  },
  "SB.2.7": {
    name: "Continue Sequencing Request",
    file: "sequencing/sb-2-7-continue.ts",
    run: "continueSequencingRequest",
  },
  "SB.2.8": {
    name: "Previous Sequencing Request",
    file: "sequencing/sb-2-8-previous.ts",
    run: "previousSequencingRequest",
  },
  "SB.2.9": { name: "Choice Sequencing Request", file: "sequencing/sb-2-9-choice.ts", run: "choiceSequencingRequest" },
  "SB.2.9.1": { name: "Choice Flow", file: "sequencing/sb-2-9-1-choice-flow.ts", run: "choiceFlow" },
  "SB.2.9.2": {
    name: "Choice Flow Tree Traversal",
    file: "sequencing/sb-2-9-2-choice-flow-tree-traversal.ts",
    run: "choiceFlowTreeTraversal",
  },
  "SB.2.10": { name: "Retry Sequencing Request", file: "sequencing/sb-2-10-retry.ts", run: "retrySequencingRequest" },
  "SB.2.11": { name: "Exit Sequencing Request", file: "sequencing/sb-2-11-exit.ts", run: "exitSequencingRequest" },
  "SB.2.12": { name: "Sequencing Request", file: "sequencing/sb-2-12-sequencing-request.ts", run: "sequencingRequest" },
  "SB.2.13": { name: "Jump Sequencing Request", file: "sequencing/sb-2-13-jump.ts", run: "jumpSequencingRequest" },
  "DB.1.1": { name: "Delivery Request", file: "delivery/db-1-1-delivery-request.ts", run: "deliveryRequest" },
  "DB.2": {
    name: "Content Delivery Environment",
    file: "delivery/db-2-content-delivery-environment.ts",
    run: "contentDeliveryEnvironment",
  },
  "DB.2.1": {
    name: "Clear Suspended Activity",
    file: "delivery/db-2-1-clear-suspended-activity.ts",
    run: "clearSuspendedActivity",
  },
  "UP.1": {
    name: "Limit Conditions Check",
    file: "utility/up-1-limit-conditions-check.ts",
    run: "limitConditionsCheck",
  },
  "UP.2": {
    name: "Sequencing Rules Check",
    file: "utility/up-2-sequencing-rules-check.ts",
    run: "sequencingRulesCheck",
  },
  "UP.2.1": {
    name: "Sequencing Rule Check",
    file: "utility/up-2-1-sequencing-rule-check.ts",
    run: "sequencingRuleCheck",
  },
  "UP.3": {
    name: "Terminate Descendent Attempts",
    file: "utility/up-3-terminate-descendent-attempts.ts",
    run: "terminateDescendentAttempts",
  },
  "UP.4": { name: "End Attempt", file: "utility/up-4-end-attempt.ts", run: "endAttempt" },
  "UP.5": { name: "Check Activity", file: "utility/up-5-check-activity.ts", run: "checkActivity" },
};
