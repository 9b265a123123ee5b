import { SettingLevel, SettingService } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../../browser/launch-chromium.ts";
import { type RestLearner, restClient } from "../../../product/rest-client.ts";
import { rpcClient } from "../../../product/rpc-client.ts";
import { type Product, startProduct } from "../../../product/start-product.ts";
import { failedToPlay, type SuiteResult } from "../../suite-result.ts";
import { type CaseData, caseNames, familyOf, readCase } from "../read-case.ts";
import { buildCasePackage } from "./build-case-package.ts";
import { leaveBehind } from "./leave-behind.ts";
import { type CaseCourse, playCaseInBrowser } from "./play-case-in-browser.ts";
import { PlayerPage } from "./player-page.ts";

const LEARNER: RestLearner = { id: "tester", firstName: "Jane", lastName: "Doe" };

/** What may be wanted otherwise. */
export interface BrowserSuiteOptions {
  /** Names of the cases to be played, all of the folder by default. */
  readonly cases?: readonly string[];
  /** Called after each case. */
  readonly onResult?: (result: SuiteResult) => void;
}

/** Plays cases of a folder through the whole product, started for them. */
export async function playScorm2004InBrowser(
  folder: string,
  { cases = caseNames(folder), onResult }: BrowserSuiteOptions = {},
): Promise<SuiteResult[]> {
  const suite = await BrowserSuite.open();
  const results: SuiteResult[] = [];
  try {
    // One after the other by one learner: some read global objectives that the case before them wrote.
    for (const name of cases) {
      const result = await suite.play(folder, name);
      results.push(result);
      onResult?.(result);
    }
  } finally {
    await suite.close();
  }
  return results;
}

/** A product and a Chromium that play cases: import, registration, launch, and the player's own controls. */
export class BrowserSuite {
  readonly #product: Product;
  readonly #browser: Browser;
  #played = 0;

  private constructor(product: Product, browser: Browser) {
    this.#product = product;
    this.#browser = browser;
  }

  /** Starts both. */
  static async open(): Promise<BrowserSuite> {
    const [product, browser] = await Promise.all([startProduct(), launchChromium()]);
    await beStrict(product);
    return new BrowserSuite(product, browser);
  }

  /** Plays one case, by default for a learner who takes them all. */
  async play(folder: string, name: string, learner = LEARNER): Promise<SuiteResult> {
    const family = familyOf(name);
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 } });
    try {
      const data = readCase(folder, name);
      const courses = await this.#offer(data, learner);
      const page = await context.newPage();
      if (data.leftBehind.length > 0) await leaveBehind(this.#product, learner, data.leftBehind, page);
      const played = await playCaseInBrowser(data.played, courses, await PlayerPage.of(page));
      return { name: data.played.name, family, ...played };
    } catch (error) {
      return failedToPlay(name, family, error);
    } finally {
      await context.close();
    }
  }

  /** Ends both, and leaves nothing behind. */
  async close(): Promise<void> {
    await this.#browser.close();
    await this.#product.remove();
  }

  /** Imports the packages of a case over REST and registers the learner for each. */
  async #offer({ played, packages }: CaseData, learner: RestLearner): Promise<Map<string, CaseCourse>> {
    const rest = restClient(this.#product);
    const courses = new Map<string, CaseCourse>();
    this.#played += 1;
    for (const [id, manifest] of packages) {
      const course = `${id}-${this.#played}`;
      const job = await rest.importCourse(course, await buildCasePackage(manifest.text, manifest, played.launches));
      if (job.status !== "COMPLETE") throw new Error(`the import of ${id}: ${JSON.stringify(job)}`);
      await rest.register(course, course, learner);
      courses.set(id, { tree: manifest.tree, launchLink: () => rest.launchLink(course) });
    }
    return courses;
  }
}

/** The cases want the letter of the book, where the product forgives what published courses often do. */
async function beStrict(product: Product): Promise<void> {
  const settings = rpcClient(product, SettingService);
  const { settings: known } = await settings.listEffectiveSettings({});
  const ids = known.map(({ definition }) => definition?.id ?? "");
  const strict = ids.filter((id) => id.startsWith("compatibility.strict_"));
  const values = Object.fromEntries(strict.map((id) => [id, "true"]));
  await settings.updateSettings({ scope: { level: SettingLevel.ORGANIZATION }, values });
}
