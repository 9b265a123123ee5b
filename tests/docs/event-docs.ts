/**
 * Writes what the contracts say of events: descriptions for the event log and the catalogue in docs/events.md. With `--check` nothing is
 * written and a difference is an error.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const check = process.argv.includes("--check");
const DESCRIPTIONS = "services/webhook/src/event-type/event-descriptions.ts";
const PAGE = "docs/events.md";
/** Where the formatter breaks lines. */
const LINE = 120;
const MARKER = "<!-- From here on made by tests/docs/event-docs.ts of the contracts. -->";

/** The comment above each message of a file. */
function commentsIn(file: string): [string, string][] {
  const text = readFileSync(join(root, file), "utf8");
  const name = /^package ([\w.]+);/m.exec(text)?.[1] ?? "";
  return [...text.matchAll(/((?:^\/\/ .*\n)+)^message (\w+)/gm)].map(([, comment = "", message]) => [
    `${name}.${message}`,
    comment
      .replace(/^\/\/ /gm, "")
      .trim()
      .replace(/\n/g, " "),
  ]);
}

let stale = 0;
function put(path: string, content: string): void {
  const before = existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined;
  if (before === content) return;
  if (check) {
    console.error(`${path} is not what the contracts say; run node tests/docs/event-docs.ts`);
    stale += 1;
  } else writeFileSync(join(root, path), content);
}

const files = readdirSync(join(root, "proto/coursemesh")).flatMap((service) => {
  const folder = `proto/coursemesh/${service}/v1`;
  return readdirSync(join(root, folder)).flatMap((name) => (name === "events.proto" ? [`${folder}/${name}`] : []));
});
const entries = files.flatMap(commentsIn).map(([message, comment]) => {
  const line = `  ${JSON.stringify(message)}: ${JSON.stringify(comment)},`;
  return line.length > LINE ? line.replace(": ", ":\n    ") : line;
});
const source = `// Made by tests/docs/event-docs.ts of the contracts' comments.

/** What each event tells, by its message's full name. */
export const EVENT_DESCRIPTIONS: Readonly<Record<string, string>> = {
${entries.join("\n")}
};
`;
put(DESCRIPTIONS, source);

// Only now: the catalogue reads the descriptions.
const { EVENT_TYPES } = await import("@coursemesh/webhook/event-type/event-types.ts");
const { exampleOf } = await import("@coursemesh/webhook/event-type/example-of.ts");
const { fieldTable } = await import("./field-table.ts");
const catalogue = EVENT_TYPES.map(({ name, schema, description }) =>
  [
    `### ${name}`,
    `${description} Payload: \`${schema.typeName}\`.`,
    fieldTable(schema),
    `\`\`\`json\n${JSON.stringify(exampleOf(schema), undefined, 2)}\n\`\`\``,
  ].join("\n\n"),
);
const index = EVENT_TYPES.map(
  ({ name, description }) => `| [${name}](#${name.replace(/[^\w-]/g, "")}) | ${description} |`,
);
const page = readFileSync(join(root, PAGE), "utf8").split(MARKER)[0]?.trimEnd() ?? "";
put(
  PAGE,
  `${page}\n\n${MARKER}\n\n## Catalogue\n\n| Type | What it tells |\n|---|---|\n${index.join("\n")}\n\n${catalogue.join("\n\n")}\n`,
);
process.exit(stale);
