/** `error`: the package cannot be played and is refused. `warning`: it plays, but a learner or another LMS may notice. `note`: for information. */
export type Severity = "error" | "warning" | "note";

/** One sentence-bearing entry of the import report. */
export interface Finding {
  /** Id of the rule, stable across releases: `scorm12.organization.default.unknown`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  /** What a learner would notice. */
  readonly meaning: string;
  /** What the author can do about it. */
  readonly fix: string;
  /** Path inside the package. */
  readonly file?: string;
  /** Line in `file`, from 1. */
  readonly line?: number;
  /** Where the standard says so. */
  readonly clause?: string;
  /** Other LMSs may refuse or play differently what this one forgives. */
  readonly otherLms: boolean;
  /** What the sentences were filled with, so that they can be made again in another language. */
  readonly params: Readonly<Record<string, string>>;
}

/** A rule as it stands in a rule book; `{name}` in its sentences is replaced by the parameter of that name. */
export interface Rule {
  readonly severity: Severity;
  readonly title: string;
  readonly meaning: string;
  readonly fix: string;
  readonly clause?: string;
  readonly otherLms?: boolean;
}

/** Where a finding points to. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** Parameters longer than this are cut in sentences: a hostile name must not fill a page. */
const MAX_PARAMETER = 200;

/** Gathers findings by the rules of one book; `Id` keeps callers to rules that exist. */
export type Report<Id extends string> = (rule: Id, params?: Readonly<Record<string, string>>, place?: Place) => void;

/** A {@link Report} that appends to `findings`; `place` fills in what a call leaves out. */
export function reportInto<Id extends string>(
  findings: Finding[],
  rules: Readonly<Record<Id, Rule>>,
  place: Place = {},
): Report<Id> {
  return (id, params = {}, at = {}) => {
    findings.push(makeFinding(id, rules[id], params, { ...place, ...at }));
  };
}

/** Fills the sentences of a rule. */
export function makeFinding(
  id: string,
  rule: Rule,
  params: Readonly<Record<string, string>> = {},
  place: Place = {},
): Finding {
  const shown = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shorten(value)]));
  const fill = (sentence: string) => sentence.replace(/\{(\w+)\}/g, (whole, name: string) => shown[name] ?? whole);
  return {
    rule: id,
    severity: rule.severity,
    title: fill(rule.title),
    meaning: fill(rule.meaning),
    fix: fill(rule.fix),
    ...(place.file === undefined ? {} : { file: place.file }),
    ...(place.line === undefined || place.line < 1 ? {} : { line: place.line }),
    ...(rule.clause === undefined ? {} : { clause: rule.clause }),
    otherLms: rule.otherLms ?? false,
    params: shown,
  };
}

function shorten(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters of hostile names must not reach a page or a log
  const printable = value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
  // Cutting can halve a surrogate pair, which neither JSON readers nor protobuf take kindly.
  const cut = printable.length <= MAX_PARAMETER ? printable : `${printable.slice(0, MAX_PARAMETER)}…`;
  return cut.toWellFormed();
}
