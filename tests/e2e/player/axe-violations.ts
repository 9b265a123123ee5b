import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** What axe finds in the player; the course is its author's business. */
export async function violationsOf(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .exclude("iframe")
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}
