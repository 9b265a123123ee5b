import { buildPlainScorm2004Package } from "@coursemesh/samples/build-plain-scorm2004-package.ts";
import type { Page } from "playwright-core";
import { type RestLearner, restClient } from "../../../product/rest-client.ts";
import type { Product } from "../../../product/start-product.ts";

/** Has a learner complete global objectives, as a case that is not in the folder would have: a course with an activity for each. */
export async function leaveBehind(
  product: Product,
  learner: RestLearner,
  objectives: readonly string[],
  page: Page,
): Promise<void> {
  const rest = restClient(product);
  const id = `left-behind-${objectives.join("-")}`;
  const activities = Object.fromEntries(objectives.map((objective, at) => [at + 1, completing(objective)]));
  await rest.importCourse(id, await buildPlainScorm2004Package(objectives.length, { activities }));
  await rest.register(id, id, learner);
  await page.goto(await rest.launchLink(id));
  for (const at of objectives.keys()) {
    const request = at + 1 === objectives.length ? "exitAll" : "continue";
    const sco = page.frameLocator("iframe").locator("#activity", { hasText: String(at + 1) });
    await sco.evaluate(`api.SetValue("cmi.completion_status", "completed");
      api.SetValue("adl.nav.request", "${request}");
      api.Terminate("")`);
  }
  await page.waitForSelector('[data-scene="ended"]');
}

function completing(objective: string): string {
  return `<imsss:objectives><imsss:primaryObjective objectiveID="own"/></imsss:objectives>
<adlseq:objectives><adlseq:objective objectiveID="own">
  <adlseq:mapInfo targetObjectiveID="${objective}" readCompletionStatus="false" writeCompletionStatus="true"/>
</adlseq:objective></adlseq:objectives>`;
}
