/** Kinds of decisions that only take over or sum up what somebody else said. */
const REPORTS: ReadonlySet<string> = new Set(["content", "delivery_control"]);

interface DecisionLike {
  readonly kind: string;
  readonly rule: string;
}

/** Decisions of a step in two groups: rules and controls, which decide where the course goes, and what was only reported or summed up. */
export function decisionGroups<Decision extends DecisionLike>(
  decisions: readonly Decision[],
): { readonly decided: readonly Decision[]; readonly reported: readonly Decision[] } {
  const isReport = ({ kind, rule }: Decision) => REPORTS.has(kind) || (kind === "rollup_rule" && rule === "");
  const decided = decisions.filter((each) => !isReport(each));
  const rollups = decided.filter(({ kind }) => kind === "rollup_rule");
  return {
    decided: [...decided.filter(({ kind }) => kind !== "rollup_rule"), ...rollups],
    reported: decisions.filter(isReport),
  };
}
