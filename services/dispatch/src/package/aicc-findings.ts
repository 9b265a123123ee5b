/** A file of a course by its name in lower case. */
export type AiccFiles = ReadonlyMap<string, string>;

/** Columns a table must have (CMI001, 5.2 to 5.4). */
const COLUMNS = {
  ".au": ["system_id", "command_line", "file_name", "core_vendor", "type", "max_score", "mastery_score"],
  ".des": ["system_id", "developer_id", "title", "description"],
  ".cst": ["block", "member"],
} as const;
/** Values a course must give (CMI001, 5.1). */
const COURSE_KEYS = [
  "course_creator",
  "course_id",
  "course_system",
  "course_title",
  "level",
  "max_fields_cst",
  "total_aus",
  "total_blocks",
  "version",
];
/** Longest address of a unit (CMI001, 5.3). */
const FILE_NAME_LENGTH = 255;

/** What a host would object to in the files of an AICC course; none in a good one. */
export function aiccFindings(files: AiccFiles): readonly string[] {
  const found = (extension: string) => [...files].find(([path]) => path.endsWith(extension));
  const findings: string[] = [];
  const course = found(".crs");
  if (course === undefined) findings.push("there is no .crs file");
  else findings.push(...courseFindings(course[1]).map((it) => `${course[0]}: ${it}`));
  const tables = new Map<string, readonly ReadonlyMap<string, string>[]>();
  for (const [extension, columns] of Object.entries(COLUMNS)) {
    const file = found(extension);
    if (file === undefined) {
      findings.push(`there is no ${extension} file`);
      continue;
    }
    const { header, rows, problems } = readTable(file[1]);
    const missing = columns.filter((column) => !header.includes(column));
    findings.push(...[...problems, ...missing.map((it) => `has no column ${it}`)].map((it) => `${file[0]}: ${it}`));
    tables.set(extension, rows);
  }
  return [...findings, ...unitFindings(tables)];
}

function courseFindings(text: string): string[] {
  const keys = new Set(text.split(/\r?\n/).map((line) => (line.split("=", 1)[0] ?? "").trim().toLowerCase()));
  const groups = ["[course]", "[course_behavior]", "[course_description]"].filter((group) => !keys.has(group));
  const missing = COURSE_KEYS.filter((key) => !keys.has(key));
  return [...groups.map((it) => `has no group ${it}`), ...missing.map((it) => `does not give ${it}`)];
}

function unitFindings(tables: ReadonlyMap<string, readonly ReadonlyMap<string, string>[]>): string[] {
  const units = tables.get(".au") ?? [];
  const ids = new Set(units.map((unit) => unit.get("system_id") ?? ""));
  const described = new Set((tables.get(".des") ?? []).map((row) => row.get("system_id") ?? ""));
  const members = (tables.get(".cst") ?? []).map((row) => row.get("member") ?? "");
  const findings = units.length === 0 ? ["there is no assignable unit"] : [];
  for (const unit of units) {
    const id = unit.get("system_id") ?? "";
    const address = unit.get("file_name") ?? "";
    if (!URL.canParse(address)) findings.push(`unit ${id} has no address`);
    if (address.length > FILE_NAME_LENGTH)
      findings.push(`the address of unit ${id} has more than ${FILE_NAME_LENGTH} characters`);
    if (!described.has(id)) findings.push(`unit ${id} is not described`);
    if (!members.includes(id)) findings.push(`unit ${id} is not in the structure`);
  }
  return [
    ...findings,
    ...members.filter((it) => !ids.has(it)).map((it) => `the structure names ${it}, which is no unit`),
  ];
}

/** A table of quoted fields, its first row the names of its columns in any case. */
function readTable(text: string): {
  readonly header: readonly string[];
  readonly rows: readonly ReadonlyMap<string, string>[];
  readonly problems: readonly string[];
} {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const cells = lines.map((line) => [...line.matchAll(/"([^"]*)"(?:,|$)/g)].map(([, field = ""]) => field));
  const problems = lines.flatMap((line, index) =>
    (cells[index] ?? []).map((field) => `"${field}"`).join(",") === line ? [] : [`line ${index + 1} cannot be read`],
  );
  const [names = [], ...body] = cells;
  const header = names.map((name) => name.toLowerCase());
  const rows = body.map((row) => new Map(header.map((name, index) => [name, row[index] ?? ""])));
  return { header, rows, problems };
}
