/** The form of `cases/*.json`, as the README of the cases describes it. */
export interface Case {
  readonly name: string;
  readonly about: string;
  /** "." or the title of the activity that the tester opens first; in the case of two packages, the package. */
  readonly start: string;
  readonly end: string;
  readonly launches: readonly CaseLaunch[];
}

export interface CaseLaunch {
  readonly activity: string;
  readonly visit: number;
  readonly ui: readonly CaseQuestion[];
  readonly calls: readonly CaseCall[];
  readonly then: string;
}

/** A question about the player's own controls. */
export interface CaseQuestion {
  readonly device: "continue" | "previous" | "toc" | "ui";
  readonly state: "enabled" | "disabled" | "selectable" | "visible";
  readonly target?: string;
  readonly expect: boolean;
}

export interface CaseCall {
  readonly method:
    | "Initialize"
    | "Terminate"
    | "GetValue"
    | "SetValue"
    | "Commit"
    | "GetLastError"
    | "GetErrorString"
    | "GetDiagnostic"
    | "CompareObjectiveIds";
  readonly element?: string;
  readonly value?: string;
  readonly argument?: string;
  readonly returns?: string;
  readonly returnsShorterThan?: number;
  /** null: the code is not compared. */
  readonly error: number | null;
}
