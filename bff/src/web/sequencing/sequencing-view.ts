import type { ServiceImpl } from "@connectrpc/connect";
import { fieldInvalid, reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { ActivityService, SequencingEdition } from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import type { NavigationControls } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { StepService } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { SequencingViewService } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toActivityNode } from "./activity-node.mapper.ts";
import { listedSteps } from "./listed-steps.ts";
import { passingScores } from "./passing-scores.ts";
import { replayOf } from "./replay-view.ts";
import { decisionsOf, toChangeView, toDecisionView, toProcessView, toStepRow } from "./step-row.mapper.ts";

const editions: Readonly<Record<string, SequencingEdition>> = {
  "": SequencingEdition.UNSPECIFIED,
  "2nd": SequencingEdition.SCORM2004_2ND,
  "3rd": SequencingEdition.SCORM2004_3RD,
  "4th": SequencingEdition.SCORM2004_4TH,
};

/** Activities and why. */
export function sequencingView({ clients }: ViewDeps): ServiceImpl<typeof SequencingViewService> {
  const steps = clients.of(StepService);
  const activities = clients.of(ActivityService);

  return {
    async listSteps({ registrationId, instanceId, locale }) {
      const registrations = clients.of(RegistrationService);
      const [listed, tree, { outlineJson }] = await Promise.all([
        absentBeforeLaunch(listedSteps(steps, instanceId, locale)),
        absentBeforeLaunch(activities.getActivityTree({ instanceId, locale })),
        registrations.getActivityStates({ registrationId, instanceId }),
      ]);
      return {
        steps: listed?.steps.map(toStepRow) ?? [],
        truncated: listed?.truncated ?? false,
        edition: editionName(tree?.edition ?? SequencingEdition.UNSPECIFIED),
        passingScores: passingScores(outlineJson),
      };
    },

    async getStep({ instanceId, stepId, locale }) {
      const [step, tree] = await Promise.all([
        steps.getStep({ id: stepId, locale }),
        activities.getActivityTree({ instanceId, stepId, locale }),
      ]);
      return {
        ...(step.step && { step: toStepRow(step.step) }),
        status: textOfEnum(SessionStatus, tree.status),
        activities: tree.activities.map(toActivityNode),
        decisions: decisionsOf(step.processes).map(toDecisionView),
        processes: step.processes.map(toProcessView),
        changes: step.changes.map(toChangeView),
        requests: requestsOf(step.controls),
      };
    },

    async explainActivity({ instanceId, stepId, activityId, locale }) {
      const { summary, decisions } = await activities.explainActivity({ instanceId, stepId, activityId, locale });
      return { summary, decisions: decisions.map(toDecisionView) };
    },

    async replayRegistration({ registrationId, instanceId }) {
      const [journal, sequencing] = await Promise.all([
        clients.of(JournalService).replayJournal({ registrationId, instanceId }),
        absentBeforeLaunch(steps.replaySession({ instanceId })),
      ]);
      return replayOf(journal, sequencing);
    },

    async simulateRegistration({ instanceId, edition, randomSeed, passingScores: changed, locale }) {
      const wanted = editions[edition];
      if (wanted === undefined) throw fieldInvalid("edition", `${edition} is not known`);
      const simulated = await steps.simulateSession({
        instanceId,
        locale,
        overrides: {
          edition: wanted,
          ...(randomSeed !== undefined && { randomSeed }),
          passingScores: changed.map(({ activityId, objectiveId, passingScore }) => ({
            ...{ activityId, objectiveId },
            scaledPassingScore: passingScore,
          })),
        },
      });
      return {
        steps: simulated.steps.map(toStepRow),
        firstDifferenceStepId: simulated.firstDifferenceStepId,
        summary: simulated.summary,
        activities: simulated.activities.map(toActivityNode),
      };
    },
  };
}

/** A try that was never launched, or whose course has no sequencing, has no session. */
async function absentBeforeLaunch<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (reasonOf(error) === "SESSION_NOT_FOUND") return undefined;
    throw error;
  }
}

function editionName(edition: SequencingEdition): string {
  return Object.entries(editions).find(([, value]) => value === edition)?.[0] ?? "";
}

/** Requests that were valid, by the names of the specification's navigation requests. */
function requestsOf(controls: NavigationControls | undefined): string[] {
  const valid: readonly (readonly [string, boolean | undefined])[] = [
    ["continue", controls?.continueEnabled],
    ["previous", controls?.previousEnabled],
    ["choice", controls?.activities.some(({ choiceEnabled, current }) => choiceEnabled && !current)],
    ["exit", controls?.exitEnabled],
    ["exit_all", controls?.exitAllEnabled],
    ["suspend_all", controls?.suspendAllEnabled],
    ["abandon", controls?.abandonEnabled],
    ["abandon_all", controls?.abandonAllEnabled],
  ];
  return valid.flatMap(([name, holds]) => (holds ? [name] : []));
}
