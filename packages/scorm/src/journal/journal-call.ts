/**
 * One call in a launch's journal. The player numbers calls 1, 2, 3 … within the launch; the server keeps each number once.
 * Calls that change something are always recorded; a `GetValue` is recorded only when it failed, because that explains a course's complaint.
 */
export interface JournalCall {
  /** 1-based position in the launch's journal, without gaps. */
  readonly seq: number;
  /** Milliseconds since the epoch, by the learner's clock. */
  readonly at: number;
  /** Identifier of the activity the call belongs to; for `Navigate` the activity that is left, or empty. */
  readonly activity: string;
  readonly method: JournalMethod;
  /** Data model element of `SetValue` and `GetValue`; what is asked of `Navigate` (`choice`, `continue`, `previous`, `exit`, `closed`). */
  readonly element: string;
  /** Value of `SetValue`; target activity of `Navigate`; otherwise the call's argument. */
  readonly value: string;
  /** What the API answered. */
  readonly result: string;
  /** Error code after the call, `"0"` for none. */
  readonly error: string;
}

/** Names shared by SCORM 1.2 (with `LMS` in front, `LMSFinish` for `Terminate`) and SCORM 2004. */
export type JournalMethod = "Initialize" | "SetValue" | "GetValue" | "Commit" | "Terminate" | "Navigate";
