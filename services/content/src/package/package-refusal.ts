import { type Finding, makeFinding, type Place } from "@coursemesh/scorm/manifest/finding.ts";
import { type PackageRuleId, packageRules } from "./package-rules.ts";

/** Thrown inside the reading of a package when it is refused; `readPackage` turns it into a report. */
export class PackageRefusal extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.title);
    this.name = "PackageRefusal";
    this.finding = finding;
  }
}

/** A refusal by one of the rules about packages. */
export function refusal(
  rule: PackageRuleId,
  params: Readonly<Record<string, string>> = {},
  place: Place = {},
): PackageRefusal {
  return new PackageRefusal(makeFinding(rule, packageRules[rule], params, place));
}
