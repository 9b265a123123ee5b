import type { Case } from "./case-form.ts";

/** What the tester does when a SCO is through with its calls: the meaning of a launch's `then`. */
export interface TesterAct {
  /** The player's control that the tester uses; undefined: none, what the SCO asked for decides. */
  readonly control: TesterControl | undefined;
  /** Chooses the course itself in the table of contents after that. */
  readonly thenRoot: boolean;
  /** The session must be over now. */
  readonly over: boolean;
  /** Leaves what is open, and launches a registration again: that of the named package, otherwise (empty) the same. */
  readonly relaunch: { readonly package: string } | undefined;
}

/** A control of the player; activities are named by their titles. */
export type TesterControl =
  | { readonly type: "continue" | "previous" | "exitAll" }
  | { readonly type: "choice"; readonly title: string };

/** Reads a `then`. */
export function testerAct(then: string): TesterAct {
  const [word = "", target = ""] = then.split("~");
  const relaunches = /launch|^DMBx|^ExitCM|^ContinueExit/i.test(word);
  return {
    control: controlOf(word, target),
    thenRoot: word === "RootSX4b",
    // `Relaunch` leaves a session that may be open; the other words for launching again do not.
    over: /^(HasEnded|AutoTest|ReLaunch|autoend)/.test(word),
    relaunch: relaunches ? { package: target || (/DDM[ab]$/.exec(word)?.[0] ?? "") } : undefined,
  };
}

/** Whether the sequencing session must be over after the last launch of a case. */
export function endsSession({ end, launches }: Case): boolean {
  return end === "endUserInter" || /^(AutoTest|HasEnded|ChoiceExit|TRIGExitAll)/.test(launches.at(-1)?.then ?? "");
}

function controlOf(word: string, target: string): TesterControl | undefined {
  const test = /^(DMI|API)t(\d)$/.exec(word);
  if (test) {
    const name = test[1] === "DMI" ? "Data Model" : "API";
    return { type: "choice", title: `${name} Implementation Test ${test[2]}` };
  }
  if (word === "Choice" || word === "ChoiceExit") return { type: "choice", title: target };
  if (word.startsWith("Continue")) return { type: "continue" };
  if (word === "Previous") return { type: "previous" };
  if (word.startsWith("Exit") || word === "TRIGExitAll" || word.startsWith("exitlaunch")) return { type: "exitAll" };
  return undefined;
}
