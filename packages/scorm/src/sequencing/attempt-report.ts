import type { Activity, Objective } from "./activity-index.ts";
import { changeTracking, type Draft, trackingOf } from "./draft.ts";
import { measureDecides, writeObjective } from "./objective-status.ts";
import type { AttemptReport, CompletionStatus, ObjectiveReport, SuccessStatus } from "./run-time-input.ts";

/**
 * Writes what content reported to the tracking model of the current activity (SN 4.2, "Tracking Model and the run-time data"; RTE 4.2). Only while
 * it is active; of an activity that is not tracked nothing is kept but that it was suspended.
 */
export function recordReport(draft: Draft, activity: Activity, report: AttemptReport): void {
  const tracking = trackingOf(draft, activity);
  const { active, attemptExperiencedDuration = 0, activityExperiencedDuration = 0, reportedSessionTime = 0 } = tracking;
  if (!active) return;
  if (!activity.deliveryControls.tracked) {
    // Whether the attempt goes on later is no tracking information (ADL case OB-14b, launch 5).
    changeTracking(draft, activity, { suspended: report.exit === "suspend" });
    return;
  }
  const primaryId = activity.primaryObjective.id;
  let primary: Omit<ObjectiveReport, "id"> = report;
  for (const reported of report.objectives) {
    const objective = activity.objectives.find(({ id }) => id !== undefined && id === reported.id);
    if (objective === undefined) continue;
    // The entry of the primary objective stands for what content did not say of the activity itself (RTE 4.2.17.1.1).
    if (reported.id === primaryId) primary = { ...reported, ...definedValues(report) };
    else recordObjective(draft, activity, objective, reported);
  }
  recordObjective(draft, activity, activity.primaryObjective, primary);
  changeTracking(draft, activity, {
    suspended: report.exit === "suspend",
    successWithheld: primary.successStatus === "unknown",
    completionWithheld: primary.completionStatus === "unknown",
    staleObjectives: false,
    staleProgress: false,
    ...(report.sessionTime !== undefined && {
      attemptExperiencedDuration: attemptExperiencedDuration + report.sessionTime - reportedSessionTime,
      activityExperiencedDuration: activityExperiencedDuration + report.sessionTime - reportedSessionTime,
      reportedSessionTime: report.sessionTime,
    }),
  });
}

function definedValues(report: AttemptReport): Omit<ObjectiveReport, "id"> {
  const { objectives: _, exit: __, sessionTime: ___, ...values } = report;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function recordObjective(
  draft: Draft,
  activity: Activity,
  objective: Objective,
  reported: Omit<ObjectiveReport, "id">,
): void {
  const satisfied = satisfiedOf(reported.successStatus);
  const measure = reported.scoreScaled;
  const amount = reported.progressMeasure;
  const amountDecides = activity.completedByMeasure && objective === activity.primaryObjective;
  const byMeasure = objective.satisfiedByMeasure && measureDecides(draft, activity, objective);
  writeObjective(draft, "report", activity, objective, {
    ...(reported.completionStatus !== undefined && { completed: completedOf(reported.completionStatus) }),
    // The amount decides also where content gave it for its primary objective only (RB.1.3.a for a leaf).
    ...(amountDecides && amount !== undefined && { completed: amount >= activity.minProgressMeasure }),
    ...(!objective.satisfiedByMeasure && reported.successStatus !== undefined && { satisfied }),
    ...(byMeasure && measure !== undefined && { satisfied: measure >= objective.minNormalizedMeasure }),
    ...(measure !== undefined && { measure }),
    ...(amount !== undefined && { completionAmount: amount }),
    ...(reported.scoreRaw !== undefined && { scoreRaw: reported.scoreRaw }),
    ...(reported.scoreMin !== undefined && { scoreMin: reported.scoreMin }),
    ...(reported.scoreMax !== undefined && { scoreMax: reported.scoreMax }),
  });
}

function satisfiedOf(status: SuccessStatus | undefined): boolean | undefined {
  return status === undefined || status === "unknown" ? undefined : status === "passed";
}

/** Content that was begun and says "not attempted" is incomplete: it is being attempted. */
function completedOf(status: CompletionStatus): boolean | undefined {
  return status === "unknown" ? undefined : status === "completed";
}
