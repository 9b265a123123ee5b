import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";

/** A format that packages are made in. */
export interface MadeFormat {
  /** As in `package.js` and in lists of what is supported. */
  readonly name: string;
  /** Last part of file names. */
  readonly suffix: string;
}

const made: ReadonlyMap<PackageFormat, MadeFormat> = new Map([
  [PackageFormat.SCORM12, { name: "SCORM12", suffix: "scorm12" }],
  [PackageFormat.SCORM2004_3RD, { name: "SCORM2004_3RD", suffix: "scorm2004-3rd" }],
  [PackageFormat.SCORM2004_4TH, { name: "SCORM2004_4TH", suffix: "scorm2004-4th" }],
  [PackageFormat.AICC, { name: "AICC", suffix: "aicc" }],
]);

/** The format, or undefined when no packages are made in it. */
export function madeFormat(format: PackageFormat): MadeFormat | undefined {
  return made.get(format);
}

/** Names of all formats, for errors. */
export const madeFormatNames: readonly string[] = [...made.values()].map(({ name }) => name);
