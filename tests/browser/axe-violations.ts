import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** What axe is asked. */
export interface AxeQuestion {
  /** Selectors that are somebody else's business. */
  readonly exclude?: readonly string[];
  /** Rule sets; all when absent. */
  readonly tags?: readonly string[];
}

/** What axe finds on a page at rest, one line for each element: rule and element. */
export async function axeViolations(page: Page, { exclude = [], tags }: AxeQuestion = {}): Promise<string[]> {
  await atRest(page);
  let builder = new AxeBuilder({ page });
  for (const selector of exclude) builder = builder.exclude(selector);
  if (tags) builder = builder.withTags([...tags]);
  const found = await builder.analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** Waits until nothing fades or slides: half transparent text has another contrast than the one people read. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(AT_REST);
}

/** Runs in the page. A transition begins a frame or two after what causes it, so one quiet moment is not rest yet. */
const AT_REST = `(async () => {
  const moving = () => document.getAnimations().filter(
    ({ playState, effect }) => playState === "running" && effect?.getComputedTiming().iterations !== Infinity);
  for (let quiet = 0, left = 100; quiet < 4 && left > 0; left -= 1) {
    quiet = moving().length === 0 ? quiet + 1 : 0;
    await new Promise((done) => setTimeout(done, 50));
  }
})()`;
