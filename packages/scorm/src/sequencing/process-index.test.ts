import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { processIndex } from "./process-index.ts";

const folder = new URL(".", import.meta.url);
const processFiles = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(new URL(`${name}/`, folder)).map((file) => `${name}/${file}`))
  .filter((path) => /\/(op|nb|tb|rb|sr|sb|db|up)-\d/.test(path));

describe("the index of processes", () => {
  it("has every file of a process, and only files that exist", () => {
    expect(
      Object.values(processIndex)
        .map(({ file }) => file)
        .toSorted(),
    ).toEqual(processFiles.toSorted());
  });

  it.each(Object.entries(processIndex))("finds %s by its id", (id, { name, file, run }) => {
    const source = readFileSync(new URL(file, folder), "utf8");
    const fileId = id.toLowerCase().replaceAll(".", "-");
    expect(file.split("/")[1]).toMatch(new RegExp(`^${fileId}-[a-z]`));
    expect(source).toMatch(new RegExp(`/\\*\\*\\s+(\\* )?${id.replaceAll(".", "\\.")} ${name}`));
    expect(source).toContain(`export function ${run}(`);
  });
});
