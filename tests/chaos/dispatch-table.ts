import { Acknowledgement, type ExternalSession } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type { ChaosLaunch, ChaosLearner } from "./dispatch-learners.ts";
import { CUTS_SHORT, TROUBLES } from "./dispatch-trouble.ts";

/** What was done besides, and what is on the server in the end. */
export interface ChaosEnd {
  readonly kills: number;
  readonly sessions: readonly ExternalSession[];
}

const COLUMNS = ["launches", "opened", "ended", "in the LMS", "disturbed", "refused"] as const;

/** What was injected and what arrived, one line for each trouble. `in the LMS`: it had all that the server had, when the launch was over. */
export function chaosTable(learners: readonly ChaosLearner[], { kills, sessions }: ChaosEnd): string {
  const launches = learners.flatMap((learner) => learner.launches);
  const lines = TROUBLES.map((trouble) =>
    line(
      trouble,
      launches.filter((launch) => launch.trouble === trouble),
    ),
  );
  const accepted = sessions.filter(({ acknowledgement }) => acknowledgement === Acknowledgement.ACCEPTED).length;
  const most = Math.max(...learners.map((learner) => learner.launches.length));
  return [
    ["injected".padEnd(28), ...COLUMNS.map((name) => name.padStart(11))].join(""),
    ...lines,
    line("all", launches),
    `${learners.length} learners, at most ${most} launches each; ${kills} kills of the product; ${sessions.length} sessions, ${accepted} taken by the LMS`,
    `launches that were let come to their end and did, with the result in the LMS: ${(successOf(learners) * 100).toFixed(2)}%`,
  ].join("\n");
}

/** Share of launches that nobody cut short which came to their end with all there was in the platform. */
export function successOf(learners: readonly ChaosLearner[]): number {
  const whole = learners.flatMap(({ launches }) => launches).filter(({ trouble }) => !CUTS_SHORT.has(trouble));
  return whole.filter(({ ended, arrived }) => ended && arrived).length / Math.max(1, whole.length);
}

function line(name: string, launches: readonly ChaosLaunch[]): string {
  const figures = [
    launches.length,
    launches.filter(({ opened }) => opened).length,
    launches.filter(({ ended }) => ended).length,
    launches.filter(({ arrived }) => arrived).length,
    launches.reduce((sum, { disturbed }) => sum + disturbed, 0),
    launches.filter(({ shown }) => shown === "refused" || shown === "failed").length,
  ];
  return [name.padEnd(28), ...figures.map((figure) => String(figure).padStart(11))].join("");
}
