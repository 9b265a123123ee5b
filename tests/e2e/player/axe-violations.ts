import type { Page } from "playwright-core";
import { axeViolations } from "../../browser/axe-violations.ts";

/** What axe finds in the player; the course is its author's business. */
export const violationsOf = (page: Page): Promise<string[]> =>
  axeViolations(page, { exclude: ["iframe"], tags: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
