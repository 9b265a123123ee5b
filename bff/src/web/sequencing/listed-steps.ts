import type { Client } from "@connectrpc/connect";
import type { Step, StepService } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";

const PAGE = 500;
/** More steps than any learner takes; a course that asks by itself for ever would fill the page otherwise. */
const MOST_PAGES = 8;

/** All steps of a try in their order, as far as a page can show them. */
export async function listedSteps(
  service: Client<typeof StepService>,
  instanceId: string,
  locale: string,
): Promise<{ readonly steps: readonly Step[]; readonly truncated: boolean }> {
  const steps: Step[] = [];
  let pageToken = "";
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await service.listSteps({ instanceId, locale, page: { pageSize: PAGE, pageToken } });
    steps.push(...answer.steps);
    pageToken = answer.page?.nextPageToken ?? "";
    if (pageToken === "") break;
  }
  return { steps, truncated: pageToken !== "" };
}
