/** The player's settings of a launch, read from their texts. */
export interface PlayerSettings {
  /** Whether the course runs in a frame of the player or in a window of its own. */
  readonly target: "frame" | "window";
  readonly showBar: boolean;
  readonly showContents: boolean;
  /** Whether the learner may choose activities from the contents. */
  readonly allowChoice: boolean;
  readonly showProgress: boolean;
  readonly showTime: boolean;
  /** After Exit: a page with the result, straight back to where the learner came from, or close the window. */
  readonly exitAction: "page" | "return" | "close";
  /** Where to return when the launch does not say; http or https, else empty. */
  readonly exitPage: string;
}

/** Reads settings by id; what is absent or unknown has the default. */
export function readSettings(values: Readonly<Record<string, string>>): PlayerSettings {
  const yes = (id: string) => values[id] !== "false";
  return {
    target: values["launch.target"] === "window" ? "window" : "frame",
    showBar: yes("navigation.show_bar"),
    showContents: yes("navigation.show_contents"),
    allowChoice: yes("navigation.allow_choice"),
    showProgress: yes("progress.show"),
    showTime: yes("time.show"),
    exitAction: oneOf(values["exit.action"], ["page", "return", "close"]),
    exitPage: webAddress(values["exit.page"] ?? ""),
  };
}

/** The address when it is one of the web, otherwise empty: a `javascript:` address would run in the player. */
export function webAddress(text: string): string {
  return /^https?:\/\//i.test(text) ? text : "";
}

function oneOf<T extends string>(value: string | undefined, [fallback, ...others]: readonly [T, ...T[]]): T {
  return others.find((other) => other === value) ?? fallback;
}
