/** A workspace folder and what its files may import of ours, besides themselves. */
export interface Zone {
  /** Folder from the root. */
  readonly folder: string;
  /** Names after `@coursemesh/`. */
  readonly mayImport: readonly string[];
  /** Runs in browsers and servers: no Node modules, no clock, no randomness. */
  readonly pure?: boolean;
}

const CONTRACTS_AND_CORE = ["proto", "platform", "scorm", "xapi"];

/** Zones of packages; a package that is not named here may import nothing of ours. */
const PACKAGES: Readonly<Record<string, Omit<Zone, "folder">>> = {
  scorm: { mayImport: [], pure: true },
  xapi: { mayImport: [], pure: true },
  platform: { mayImport: ["proto"] },
  sdk: { mayImport: ["proto"] },
  samples: { mayImport: [] },
};

/**
 * Who may import what, made from the folders that are there: a new service or package is closed until somebody opens it here.
 * @param services folder names under `services`. @param packages folder names under `packages`.
 */
export function zonesOf(services: readonly string[], packages: readonly string[]): Zone[] {
  const everything = [...CONTRACTS_AND_CORE, "sdk", "samples", "mesh", "bff", "web", "tests", ...services];
  return [
    ...services.map((name) => ({ folder: `services/${name}`, mayImport: CONTRACTS_AND_CORE })),
    ...packages.map((name) => ({
      folder: `packages/${name}`,
      ...(name === "mesh" ? { mayImport: everything } : (PACKAGES[name] ?? { mayImport: [] })),
    })),
    { folder: "bff", mayImport: ["proto", "platform"] },
    { folder: "web", mayImport: ["proto", "scorm", "xapi"] },
    { folder: "tests", mayImport: everything },
    { folder: "scripts", mayImport: [] },
  ];
}

/** Packages of ours that tests beside the code may use wherever they are. */
const TEST_IMPORTS = ["platform", "samples"];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;"'()]*?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)|import\.meta\.resolve\(\s*["']([^"']+)["']\s*\)/g;

/** Module names a file imports, in their order. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

const IMPURE =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bcrypto\.(?:getRandomValues|randomUUID)\b/;

/**
 * What is wrong with the imports of one file, a sentence each.
 * @param path from the root. @param zone the one the file lies in.
 */
export function importProblems(path: string, source: string, zone: Zone): string[] {
  const isTest = /\.test\.tsx?$|^services\/[^/]+\/test\//.test(path);
  const problems: string[] = [];
  for (const name of importsOf(source)) {
    const ours = /^@coursemesh\/([^/]+)/.exec(name)?.[1];
    if (
      ours !== undefined &&
      ours !== zone.folder.split("/").at(-1) &&
      !zone.mayImport.includes(ours) &&
      !(isTest && TEST_IMPORTS.includes(ours) && !zone.pure)
    ) {
      problems.push(`imports @coursemesh/${ours}, which ${zone.folder} may not`);
    }
    if (name.startsWith(".") && zone.folder !== "tests" && leaves(path, name, zone.folder))
      problems.push(`reaches out of ${zone.folder} by ${name}; import the package by name`);
    if (zone.pure && !isTest && name.startsWith("node:"))
      problems.push(`imports ${name}, but ${zone.folder} runs in browsers too`);
    problems.push(...featureProblems(path, name));
  }
  if (zone.pure && !isTest && IMPURE.test(source)) problems.push("reads a clock or randomness; take them as arguments");
  if (zone.folder.startsWith("services/") && !isTest && !path.endsWith("/config.ts") && /\bprocess\.env\b/.test(source))
    problems.push("reads process.env; only config.ts does");
  return problems;
}

/** Features of the web UI stand side by side and never on each other; what two need goes to components or lib. */
function featureProblems(path: string, name: string): string[] {
  const own = /^web\/src\/features\/([^/]+)/.exec(path)?.[1];
  const other = name.startsWith(".") ? /^web\/src\/features\/([^/]+)/.exec(resolveFrom(path, name))?.[1] : undefined;
  if (other === undefined || own === other) return [];
  if (own !== undefined) return [`feature ${own} imports feature ${other}`];
  return /^web\/src\/(components|lib|player)\//.test(path) ? [`imports feature ${other}; features are on top`] : [];
}

function leaves(path: string, relative: string, folder: string): boolean {
  return !`${resolveFrom(path, relative)}/`.startsWith(`${folder}/`);
}

function resolveFrom(path: string, relative: string): string {
  const parts = path.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
