/**
 * What a SCORM 2004 manifest says about one organization, as plain JSON: the input of the sequencing core. The manifest reader makes it, the
 * content service stores it with the course version, and everyone who runs the core reads it. `IDRef` collections are already resolved (IMS SS
 * binding 3.1: what an item says itself wins over the collection, element by element), texts are trimmed, numbers are numbers.
 *
 * Everything that a manifest may leave out may be absent here, and means the default of the book: a tree of 1,000 plain items stays small.
 */
export interface ActivityTree {
  readonly edition: Edition;
  /** `organization/@adlseq:objectivesGlobalToSystem`, default true: global objectives live as long as the learner, else as long as the registration. */
  readonly objectivesGlobalToSystem?: boolean;
  /** `organization/@adlcp:sharedDataGlobalToSystem` (4th edition), default true. */
  readonly sharedDataGlobalToSystem?: boolean;
  /** The organization itself: the root activity. */
  readonly root: ActivityDefinition;
}

/** Editions of SCORM 2004 that differ in what the core does; see `behaviour.ts`. */
export type Edition = "2nd" | "3rd" | "4th";

/** The organization or one `item`. A leaf has no children and normally a resource. */
export interface ActivityDefinition {
  /** `@identifier`, unique in the tree, the organization's included. */
  readonly identifier: string;
  readonly title: string;
  /** `item/@isvisible`, default true: only whether the table of contents lists it. */
  readonly visible?: boolean;
  readonly resource?: ActivityResource;
  /** `adlcp:timeLimitAction`. */
  readonly timeLimitAction?: "exit,message" | "exit,no message" | "continue,message" | "continue,no message";
  /** `adlcp:dataFromLMS`, becomes `cmi.launch_data`. */
  readonly dataFromLms?: string;
  readonly completionThreshold?: CompletionThreshold;
  /** `adlcp:data/adlcp:map` (4th edition), in document order. */
  readonly dataMaps?: readonly DataMap[];
  /** `adlnav:presentation/adlnav:navigationInterface/adlnav:hideLMSUI`. */
  readonly hideLmsUi?: readonly HiddenControl[];
  readonly sequencing?: SequencingDefinition;
  readonly children?: readonly ActivityDefinition[];
}

/** What a leaf launches. */
export interface ActivityResource {
  /** Path inside the package with `xml:base` and the item's parameters applied, without a leading slash; or an absolute http(s) URL. */
  readonly href: string;
  /** `adlcp:scormType`: an asset does not call the API and is tracked as if it never reported anything. */
  readonly type: "sco" | "asset";
}

/** `adlcp:completionThreshold`. 2nd and 3rd edition: the element's text is `minProgressMeasure`, and it never completes by measure. */
export interface CompletionThreshold {
  /** Default false. */
  readonly completedByMeasure?: boolean;
  /** 0..1, default 1. */
  readonly minProgressMeasure?: number;
  /** 0..1, default 1: weight of this activity in its parent's measure (RB.1.1.b). */
  readonly progressWeight?: number;
}

/** `adlcp:map` in `adlcp:data`: an entry of `adl.data` of this activity. */
export interface DataMap {
  readonly targetId: string;
  /** Default true. */
  readonly readSharedData?: boolean;
  /** Default true. */
  readonly writeSharedData?: boolean;
}

/** Values of `adlnav:hideLMSUI`. */
export type HiddenControl = "continue" | "previous" | "exit" | "exitAll" | "abandon" | "abandonAll" | "suspendAll";

/** The Sequencing Definition Model of one activity (SN 3). */
export interface SequencingDefinition {
  readonly controlMode?: ControlMode;
  readonly constrainedChoice?: ConstrainedChoice;
  readonly preConditionRules?: readonly SequencingRule<PreConditionAction>[];
  readonly exitConditionRules?: readonly SequencingRule<ExitConditionAction>[];
  readonly postConditionRules?: readonly SequencingRule<PostConditionAction>[];
  readonly limitConditions?: LimitConditions;
  readonly rollupRules?: readonly RollupRule[];
  readonly rollupControls?: RollupControls;
  readonly rollupConsiderations?: RollupConsiderations;
  /** Primary objective first, the others in document order; without any the activity has an unnamed primary objective. */
  readonly objectives?: readonly ObjectiveDefinition[];
  readonly selection?: SelectionControls;
  readonly randomization?: RandomizationControls;
  readonly deliveryControls?: DeliveryControls;
}

/** `imsss:controlMode`. */
export interface ControlMode {
  /** Default true. */
  readonly choice?: boolean;
  /** Default true. */
  readonly choiceExit?: boolean;
  /** Default false. */
  readonly flow?: boolean;
  /** Default false. */
  readonly forwardOnly?: boolean;
  /** Default true. */
  readonly useCurrentAttemptObjectiveInfo?: boolean;
  /** Default true. */
  readonly useCurrentAttemptProgressInfo?: boolean;
}

/** `adlseq:constrainedChoiceConsiderations`; both false by default. */
export interface ConstrainedChoice {
  readonly preventActivation?: boolean;
  readonly constrainChoice?: boolean;
}

export type PreConditionAction = "skip" | "disabled" | "hiddenFromChoice" | "stopForwardTraversal";
export type ExitConditionAction = "exit";
export type PostConditionAction = "exitParent" | "exitAll" | "retry" | "retryAll" | "continue" | "previous";
export type RuleAction = PreConditionAction | ExitConditionAction | PostConditionAction;

/** `imsss:preConditionRule`, `imsss:exitConditionRule` or `imsss:postConditionRule`, in document order. */
export interface SequencingRule<Action extends RuleAction = RuleAction> {
  readonly action: Action;
  /** `@conditionCombination`, default "all" for sequencing rules (IMS SS 3.2; note that roll-up rules default to "any"). */
  readonly combination?: "all" | "any";
  readonly conditions: readonly RuleCondition[];
  /** Line of the manifest, from 1; absent for a rule from elsewhere. */
  readonly line?: number;
}

/** `imsss:ruleCondition`. */
export interface RuleCondition {
  readonly condition: ConditionName;
  /** `@operator`, default "noOp". */
  readonly operator?: "not" | "noOp";
  /** `@referencedObjective`: id of an objective of this activity; absent = the primary objective. */
  readonly objective?: string;
  /** `@measureThreshold`, -1..1, default 0. */
  readonly measureThreshold?: number;
}

export type ConditionName =
  | "satisfied"
  | "objectiveStatusKnown"
  | "objectiveMeasureKnown"
  | "objectiveMeasureGreaterThan"
  | "objectiveMeasureLessThan"
  | "completed"
  | "activityProgressKnown"
  | "attempted"
  | "attemptLimitExceeded"
  | "timeLimitExceeded"
  | "outsideAvailableTimeRange"
  | "always";

/** `imsss:limitConditions`. SCORM gives a meaning to the first two only; the core evaluates what is given. Durations in seconds. */
export interface LimitConditions {
  /** A whole number, 0 or more. */
  readonly attemptLimit?: number;
  /** In seconds; years and months at their mean length. */
  readonly attemptAbsoluteDurationLimit?: number;
  /** The same as written: `cmi.max_time_allowed`. */
  readonly attemptAbsoluteDurationLimitText?: string;
  readonly attemptExperiencedDurationLimit?: number;
  readonly activityAbsoluteDurationLimit?: number;
  readonly activityExperiencedDurationLimit?: number;
  /** Milliseconds since 1970. */
  readonly beginTimeLimit?: number;
  /** Milliseconds since 1970. */
  readonly endTimeLimit?: number;
}

export type RollupAction = "satisfied" | "notSatisfied" | "completed" | "incomplete";

/** `imsss:rollupRule`. */
export interface RollupRule {
  readonly action: RollupAction;
  /** `@childActivitySet`, default "all". */
  readonly childActivitySet?: "all" | "any" | "none" | "atLeastCount" | "atLeastPercent";
  /** Default 0; read with atLeastCount. */
  readonly minimumCount?: number;
  /** 0..1, default 0; read with atLeastPercent. */
  readonly minimumPercent?: number;
  /** `rollupConditions/@conditionCombination`, default "any". */
  readonly combination?: "all" | "any";
  readonly conditions: readonly RollupCondition[];
  /** Line of the manifest, from 1; absent for a rule from elsewhere. */
  readonly line?: number;
}

/** `imsss:rollupCondition`. */
export interface RollupCondition {
  readonly condition: RollupConditionName;
  /** Default "noOp". */
  readonly operator?: "not" | "noOp";
}

export type RollupConditionName = Exclude<
  ConditionName,
  "objectiveMeasureGreaterThan" | "objectiveMeasureLessThan" | "always"
>;

/** Attributes of `imsss:rollupRules`. */
export interface RollupControls {
  /** Default true. */
  readonly rollupObjectiveSatisfied?: boolean;
  /** Default true. */
  readonly rollupProgressCompletion?: boolean;
  /** 0..1, default 1. */
  readonly objectiveMeasureWeight?: number;
}

/** `adlseq:rollupConsiderations`. */
export interface RollupConsiderations {
  /** Default "always", as for the other three. */
  readonly requiredForSatisfied?: RollupConsideration;
  readonly requiredForNotSatisfied?: RollupConsideration;
  readonly requiredForCompleted?: RollupConsideration;
  readonly requiredForIncomplete?: RollupConsideration;
  /** Default true. */
  readonly measureSatisfactionIfActive?: boolean;
}

export type RollupConsideration = "always" | "ifAttempted" | "ifNotSkipped" | "ifNotSuspended";

/** `imsss:primaryObjective` or `imsss:objective`. The first of an activity is the primary one: it contributes to roll-up. */
export interface ObjectiveDefinition {
  /** `@objectiveID`; a primary objective may have none. */
  readonly id?: string;
  /** Default false. */
  readonly satisfiedByMeasure?: boolean;
  /** -1..1, default 1. */
  readonly minNormalizedMeasure?: number;
  /** `imsss:mapInfo` and `adlseq:mapInfo`, joined by target: one entry for each global objective. */
  readonly maps?: readonly ObjectiveMap[];
}

/** Which values a local objective shares with a global one. Maps of `adlseq` alone do not turn on the first two. */
export interface ObjectiveMap {
  readonly targetId: string;
  /** `imsss:mapInfo`: the reader writes true where the attribute is absent; absent here = false. */
  readonly readSatisfiedStatus?: boolean;
  readonly readNormalizedMeasure?: boolean;
  readonly writeSatisfiedStatus?: boolean;
  readonly writeNormalizedMeasure?: boolean;
  /** `adlseq:mapInfo` (4th edition): the reader writes true for an absent `read*`; absent here = false. */
  readonly readRawScore?: boolean;
  readonly readMinScore?: boolean;
  readonly readMaxScore?: boolean;
  readonly readCompletionStatus?: boolean;
  readonly readProgressMeasure?: boolean;
  readonly writeRawScore?: boolean;
  readonly writeMinScore?: boolean;
  readonly writeMaxScore?: boolean;
  readonly writeCompletionStatus?: boolean;
  readonly writeProgressMeasure?: boolean;
}

/** When children are selected or reordered. The book leaves selection on each new attempt undefined: it selects nothing. */
export type Timing = "never" | "once" | "onEachNewAttempt";

/** `imsss:randomizationControls`, the part about selection. */
export interface SelectionControls {
  /** Default "never". */
  readonly timing?: Timing;
  /** `@selectCount`; absent = no selection. */
  readonly count?: number;
}

/** `imsss:randomizationControls`, the part about order. */
export interface RandomizationControls {
  /** Default "never". */
  readonly timing?: Timing;
  /** `@reorderChildren`, default false. */
  readonly reorderChildren?: boolean;
}

/** `imsss:deliveryControls`. */
export interface DeliveryControls {
  /** Default true. */
  readonly tracked?: boolean;
  /** Default false. */
  readonly completionSetByContent?: boolean;
  /** Default false. */
  readonly objectiveSetByContent?: boolean;
}
