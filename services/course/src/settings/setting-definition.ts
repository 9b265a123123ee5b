/** Groups of settings, as the contract names them. */
export type SettingGroup =
  | "launch"
  | "navigation"
  | "exit"
  | "rollup"
  | "restart"
  | "limits"
  | "compatibility"
  | "statements";

interface Named {
  /** For instance `launch.target`. */
  readonly id: string;
  readonly group: SettingGroup;
}

/** A setting that is on or off. */
export interface BooleanSetting extends Named {
  readonly type: "boolean";
  readonly default: boolean;
}

/** A setting that is one of some words. */
export interface ChoiceSetting extends Named {
  readonly type: "choice";
  readonly choices: readonly string[];
  readonly default: string;
}

/** A setting that is a whole number. */
export interface NumberSetting extends Named {
  readonly type: "number";
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

/** What a setting is and what it may be. Values travel and are kept as text. */
export type SettingDefinition = BooleanSetting | ChoiceSetting | NumberSetting;

/** The value a text stands for, in its one written form; undefined when the setting cannot have it. */
export function readSettingValue(definition: SettingDefinition, text: string): string | undefined {
  switch (definition.type) {
    case "boolean":
      return text === "true" || text === "false" ? text : undefined;
    case "choice":
      return definition.choices.includes(text) ? text : undefined;
    case "number": {
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return number >= definition.minimum && number <= definition.maximum ? String(number) : undefined;
    }
  }
}

/** What a setting may be, in words. */
export function expectedOf(definition: SettingDefinition): string {
  switch (definition.type) {
    case "boolean":
      return "true or false";
    case "choice":
      return `one of ${definition.choices.join(", ")}`;
    case "number":
      return `a whole number from ${definition.minimum} to ${definition.maximum}`;
  }
}
