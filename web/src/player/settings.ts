import type { RollUpPolicy } from "@coursemesh/scorm/course/roll-up.ts";

/** The player's settings of a launch, read from their texts. */
export interface PlayerSettings {
  /** Whether the course runs in a frame of the player or in a window of its own. */
  readonly target: "frame" | "window";
  /** Of that window, in pixels; 0 leaves it to the player. */
  readonly windowWidth: number;
  readonly windowHeight: number;
  readonly showBar: boolean;
  readonly showContents: boolean;
  /** Whether the learner may choose activities from the contents. */
  readonly allowChoice: boolean;
  readonly showProgress: boolean;
  readonly showTime: boolean;
  /** How several activities become one result; the server rolls up by the same settings. */
  readonly rollUp: RollUpPolicy;
  /** After Exit: back to where the learner came from if that is known, a closing page with the result, or the window closes. */
  readonly exitPage: "return_url" | "closing_page" | "close_window";
}

const scoreRules: Readonly<Record<string, RollUpPolicy["score"]>> = {
  average_of_all: "averageOfAll",
  highest: "highest",
};

/** Reads settings by id; what is absent or unknown has the default. */
export function readSettings(values: Readonly<Record<string, string>>): PlayerSettings {
  const yes = (id: string) => values[id] !== "false";
  return {
    windowWidth: pixels(values["launch.window_width"]),
    windowHeight: pixels(values["launch.window_height"]),
    target: values["launch.target"] === "window" ? "window" : "frame",
    showBar: yes("navigation.show_bar"),
    showContents: yes("navigation.show_contents"),
    allowChoice: yes("navigation.allow_choice"),
    showProgress: yes("progress.show"),
    showTime: yes("time.show"),
    rollUp: {
      failedIsCompleted: yes("rollup.failed_is_completed"),
      browsedIsCompleted: values["rollup.browsed_is_completed"] === "true",
      score: scoreRules[values["rollup.score"] ?? ""] ?? "averageOfScored",
    },
    exitPage: oneOf(values["exit.page"], ["return_url", "closing_page", "close_window"]),
  };
}

/** The address when it is one of the web, otherwise empty: a `javascript:` address would run in the player. */
export function webAddress(text: string): string {
  return /^https?:\/\//i.test(text) ? text : "";
}

function pixels(text: string | undefined): number {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? Math.round(value) : 0;
}

function oneOf<T extends string>(value: string | undefined, [fallback, ...others]: readonly [T, ...T[]]): T {
  return others.find((other) => other === value) ?? fallback;
}
