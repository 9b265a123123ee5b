import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case } from "./case-form.ts";
import { type CaseNote, caseNotes } from "./case-notes.ts";
import { type CaseManifest, readCaseManifest } from "./read-case-manifest.ts";

/** A case with all that belongs to it. */
export interface CaseData {
  readonly played: Case;
  /** Its course or courses by name of package, the one that is launched first in front. */
  readonly packages: ReadonlyMap<string, CasePackage>;
  /** Global objectives that are completed before it begins. */
  readonly leftBehind: readonly string[];
}

/** One package of a case. */
export interface CasePackage extends CaseManifest {
  /** `imsmanifest.xml` as published. */
  readonly text: string;
}

/** Names of the cases of a folder, in the order in which they are played. */
export function caseNames(folder: string): string[] {
  return readdirSync(join(folder, "cases"))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replace(/\.json$/, ""))
    .toSorted();
}

/** The family of a case: the letters that its name begins with. */
export function familyOf(name: string): string {
  return /^[A-Z]+/.exec(name)?.[0] ?? name;
}

/** Reads a case of a folder. Throws when it or a manifest cannot be read. */
export function readCase(folder: string, name: string): CaseData {
  const note = caseNotes[name];
  const played = asking(JSON.parse(readFileSync(caseFile(folder, name), "utf8")), note);
  const manifest = (packageName: string) => join(folder, "manifests", `${packageName}.xml`);
  const names = existsSync(manifest(played.name)) ? [played.name] : [`${played.name}a`, `${played.name}b`];
  const packages = names.map((it) => {
    const text = readFileSync(manifest(it), "utf8");
    return [it, { text, ...readCaseManifest(text) }] as const;
  });
  const { leftBehind } = note ?? {};
  const isLeft = leftBehind !== undefined && !existsSync(caseFile(folder, leftBehind.case));
  return { played, packages: new Map(packages), leftBehind: isLeft ? leftBehind.completed : [] };
}

/** The case with the requests that its note gives to SCOs. */
function asking(played: Case, { request = {} }: Partial<CaseNote> = {}): Case {
  const launches = played.launches.map((launch, at) => {
    const value = request[at + 1];
    if (value === undefined) return launch;
    const call = { method: "SetValue", element: "adl.nav.request", value, returns: "true", error: 0 } as const;
    return { ...launch, calls: [...launch.calls, call] };
  });
  return { ...played, launches };
}

function caseFile(folder: string, name: string): string {
  return join(folder, "cases", `${name}.json`);
}
