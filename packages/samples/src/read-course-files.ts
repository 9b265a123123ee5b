import { readFile } from "node:fs/promises";
import type { ZipContent } from "./build-zip.ts";

const COURSES = new URL("../courses/", import.meta.url);

/** Reads files of the courses folder; each is put at `path` of the package. */
export async function readCourseFiles(files: Readonly<Record<string, string>>): Promise<ZipContent[]> {
  return Promise.all(
    Object.entries(files).map(async ([path, source]) => ({ path, content: await readFile(new URL(source, COURSES)) })),
  );
}

/** A text file of the courses folder. */
export function readCourseText(source: string): Promise<string> {
  return readFile(new URL(source, COURSES), "utf8");
}
