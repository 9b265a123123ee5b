import { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { answerQuestion, courseFrame, type QuizKey, questionNumber, quizKey } from "../../product/quiz.ts";
import { type RestClient, restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, type Shape, startProduct } from "../../product/start-product.ts";
import { xapiClient } from "../../product/xapi-client.ts";

describe.each<Shape>(["single", "mesh"])("a learner takes the quiz in the %s shape", (shape) => {
  let product: Product;
  let rest: RestClient;
  let browser: Browser;
  let key: QuizKey;

  beforeAll(async () => {
    [product, browser, key] = await Promise.all([startProduct({ shape }), launchChromium(), quizKey()]);
    rest = restClient(product);
    expect(await rest.importCourse("quiz", await buildQuizPackage())).toMatchObject({ status: "COMPLETE" });
  });
  afterAll(async () => {
    await browser.close();
    await product.remove();
  });

  const open = async (registrationId: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(await rest.launchLink(registrationId));
    return page;
  };

  it("answers everything rightly, leaves, and is passed with 100 %", async () => {
    await rest.register("quiz", "straight");
    const page = await open("straight");
    const frame = await courseFrame(page);
    await frame.click("[data-testid=quiz-start]");
    for (const _ of key.ids) await answerQuestion(frame, key, { rightly: true });
    await frame.waitForSelector("[data-testid=quiz-result][data-passed=true]");
    await page.getByRole("button", { name: "Exit" }).click();
    await page.getByText(/You're finished for now/).waitFor();
    await page.close();
    expect(await rest.progress("straight")).toMatchObject({
      registrationCompletion: "COMPLETED",
      registrationSuccess: "PASSED",
      score: { scaled: 100 },
    });
  });

  it("kills the tab in mid-question and goes on with the same question, nothing lost", async () => {
    await rest.register("quiz", "killed");
    const context = await browser.newContext();
    const first = await context.newPage();
    await first.goto(await rest.launchLink("killed"));
    const frame = await courseFrame(first);
    await frame.click("[data-testid=quiz-start]");
    await answerQuestion(frame, key, { rightly: true });
    await answerQuestion(frame, key, { rightly: false });
    expect(await questionNumber(frame)).toBe(3);
    const [option = ""] = key.all[key.ids[2] ?? ""] ?? [];
    await frame.click(`[data-testid=quiz-option-${option}]`);
    await first
      .getByText(/^Saved/)
      .first()
      .waitFor();
    // A crash runs no unload handler: the page is simply gone.
    await first.goto("chrome://crash").catch(() => undefined);
    await first.close().catch(() => undefined);

    const second = await context.newPage();
    await second.goto(await rest.launchLink("killed"));
    const again = await courseFrame(second);
    expect(await questionNumber(again)).toBe(3);
    expect(await again.isChecked(`[data-testid=quiz-option-${option}]`)).toBe(true);
    for (const _ of key.ids.slice(2)) await answerQuestion(again, key, { rightly: true });
    await again.waitForSelector("[data-testid=quiz-result]");
    await second.getByRole("button", { name: "Exit" }).click();
    await second.getByText(/You're finished for now/).waitFor();
    await context.close();
    const percent = Math.round(((key.ids.length - 1) / key.ids.length) * 100);
    expect(await rest.progress("killed")).toMatchObject({
      registrationCompletion: "COMPLETED",
      registrationSuccess: "PASSED",
      score: { scaled: percent },
    });
  });

  it("keeps every call of both, and replay gives the stored state", async () => {
    const journal = rpcClient(product, JournalService);
    const registrations = rpcClient(product, RegistrationService);
    for (const externalId of ["straight", "killed"]) {
      const { registration } = await registrations.getRegistration({
        by: { case: "externalId", value: externalId },
      });
      const registrationId = registration?.id ?? "";
      const { calls } = await journal.listCalls({ registrationId, page: { pageSize: 500 } });
      const answered = calls.filter(
        (call) => call.method === "SetValue" && /^cmi\.interactions\.\d+\.result$/.test(call.element),
      );
      expect(answered.map((call) => call.value)).toEqual(
        key.ids.map((_, index) => (externalId === "killed" && index === 1 ? "wrong" : "correct")),
      );
      expect(calls.filter((call) => call.error !== "0")).toEqual([]);
      expect(await journal.replayJournal({ registrationId })).toMatchObject({
        equalsStoredState: true,
        differences: [],
      });
    }
  });

  // In the mesh, events stay in their process until the Redis bus carries them (ADR 6).
  it.runIf(shape === "single")("tells both as statements after ADL's SCORM profile, each once", async () => {
    const registrations = rpcClient(product, RegistrationService);
    const call = xapiClient(product);
    const toldOf = async (externalId: string): Promise<string[]> => {
      const { registration } = await registrations.getRegistration({ by: { case: "externalId", value: externalId } });
      const query = { registration: registration?.id ?? "", ascending: "true" };
      const { statements } = (await call("GET", "statements", { query })).json() as { statements: Told[] };
      return statements.map(({ verb, object, result }) => {
        const words = [
          verb.display["en-US"] ?? verb.id,
          object.definition.type.split("/").at(-1) ?? "",
          result?.success,
        ];
        return words.filter((word) => word !== undefined).join(" ");
      });
    };
    const answer = (rightly: boolean) => `responded cmi.interaction ${rightly}`;
    const end = ["completed course true", "passed course true", "passed lesson true", "terminated lesson true"];
    // What is reported together may be told in one event or in two.
    const sorted = (story: readonly string[]) => [...story.slice(0, -end.length), ...story.slice(-end.length).sort()];
    const straight = ["initialized lesson", ...key.ids.map(() => answer(true)), ...end];
    await expect.poll(async () => sorted(await toldOf("straight"))).toEqual(straight);
    const [first, second] = [[answer(true), answer(false)], key.ids.slice(2).map(() => answer(true))];
    const killed = ["initialized lesson", ...first, "suspended lesson", "resumed lesson", ...second, ...end];
    await expect.poll(async () => sorted(await toldOf("killed"))).toEqual(killed);

    const { authorization, url } = product;
    const file = await fetch(`${url}/web/statements/export?format=csv&columns=id`, { headers: { authorization } });
    const [, ...lines] = (await file.text()).trim().split("\r\n");
    expect(lines).toHaveLength(straight.length + killed.length);
  });
});

/** What is looked at of a statement. */
interface Told {
  readonly verb: { readonly id: string; readonly display: Readonly<Record<string, string>> };
  readonly object: { readonly definition: { readonly type: string } };
  readonly result?: { readonly success?: boolean };
}
