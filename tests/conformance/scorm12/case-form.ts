/** One SCORM 1.2 run-time case: what a SCO calls over the launches of one registration, and what the LMS must answer. */
export interface Case {
  readonly name: string;
  readonly about: string;
  readonly given?: Given;
  /** Sources disagree about the whole case. */
  readonly disputed?: boolean | string;
  readonly launches: readonly CaseLaunch[];
}

/** The registration. Whatever is missing: normal mode, for credit, no comments, nothing in the manifest. */
export interface Given {
  readonly mode?: "normal" | "browse" | "review";
  readonly credit?: "credit" | "no-credit";
  readonly commentsFromLms?: string;
  /** `adlcp` elements, on every item. */
  readonly manifest?: {
    readonly masteryscore?: string;
    readonly maxtimeallowed?: string;
    readonly timelimitaction?: string;
    readonly datafromlms?: string;
  };
}

/** One launch; whatever it gives overrides the registration. Without an LMSFinish among the calls the window was closed. */
export interface CaseLaunch extends Given {
  readonly given?: Given;
  /** Item 1..n of a flat course, one SCO each; 1 when missing. */
  readonly activity?: number;
  /** `Relaunch…`: leave the SCO and launch again; `Exit`: the end. */
  readonly then?: string;
  readonly calls: readonly CaseCall[];
}

export type Method =
  | "LMSInitialize"
  | "LMSFinish"
  | "LMSGetValue"
  | "LMSSetValue"
  | "LMSCommit"
  | "LMSGetLastError"
  | "LMSGetErrorString"
  | "LMSGetDiagnostic";

export interface CaseCall {
  readonly method: Method;
  readonly element?: string;
  readonly value?: string;
  readonly argument?: string;
  /** What LMSGetLastError must answer afterwards; not asked after one of the three error functions. */
  readonly error?: string;
  readonly returns?: string;
  readonly returnsSet?: string;
  readonly returnsTimespan?: string;
  readonly returnsNonEmpty?: boolean;
  readonly returnsShorterThan?: number;
  readonly optional?: boolean;
  readonly setting?: string;
  readonly disputed?: boolean | string;
  readonly note?: string;
  readonly alternatives?: unknown;
  /** The rule and its source. */
  readonly why?: string;
}
