import { randomUUID } from "node:crypto";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { contentRequest } from "../../product/content-request.ts";
import { downloadPackage, openExchange } from "../../product/dispatched-course.ts";
import { type LoopbackReceiver, startLoopbackReceiver } from "../../product/loopback-receiver.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

/** Events need no more than a moment; a busy machine may. */
const SOON = { timeout: 30_000 };
let product: Product;
let customer: LoopbackReceiver;

beforeAll(async () => {
  customer = await startLoopbackReceiver();
  product = await startProduct({ shape: "mesh", env: { EGRESS_ALLOW: "127.0.0.1" } });
});
afterAll(async () => {
  await product.remove();
  await customer.stop();
});

it("tells the customer's server of a result, signed with the secret that was shown", async () => {
  await restClient(product).importCourse("sold", await buildQuizPackage());
  const { course } = await rpcClient(product, CourseService).getCourse({ by: { case: "externalId", value: "sold" } });
  const requestId = randomUUID();
  const destinations = rpcClient(product, DestinationService);
  const { destination } = await destinations.createDestination({ requestId, destination: { name: "ACME" } });
  const { dispatch, callbackSecret } = await rpcClient(product, DispatchService).createDispatch({
    requestId,
    dispatch: {
      courseId: course?.id ?? "",
      destinationId: destination?.id ?? "",
      tags: ["spring"],
      callback: { url: `${customer.url}/results` },
    },
  });
  const admission = await openExchange(product, await downloadPackage(product, dispatch?.id ?? ""), "ann");
  const launches = rpcClient(product, LaunchService, "");
  const { playerUrl } = await launches.redeemExchange({
    code: admission.code,
    parentOrigin: "https://lms.example.com",
  });
  await pass(playerUrl.replace(/\/?$/, "/"));

  const told = () => customer.received.map(({ path, body }) => [path, JSON.parse(body).registrationSuccess]);
  await expect.poll(told, SOON).toContainEqual(["/results", "PASSED"]);
  const request = customer.received.find(({ body }) => body.includes("PASSED"));
  const headers = Object.entries(request?.headers ?? {}).map(([name, value]) => [name, String(value)]);
  const verified = new Webhook(callbackSecret).verify(request?.body ?? "", Object.fromEntries(headers));
  expect(verified).toMatchObject({ registrationCompletion: "COMPLETED", course: { id: "sold" } });

  const filter = { dispatchIds: [dispatch?.id ?? ""] };
  const types = async () =>
    (await rpcClient(product, EventService).listEvents({ filter, limit: 100 })).events.map(({ type }) => type);
  const expected = ["dispatch.created", "dispatch.launched", "dispatch.progressed", "dispatch.completed"];
  await expect.poll(types, SOON).toEqual(expect.arrayContaining(expected));
  const { events } = await rpcClient(product, EventService).listEvents({ filter, limit: 100 });
  expect(events.find(({ type }) => type === "dispatch.completed")?.subject).toMatchObject({
    destinationId: destination?.id,
    dispatchId: dispatch?.id,
    courseId: course?.id,
  });
}, 120_000);

/** Opens the course and passes it, as a player does. */
async function pass(playerUrl: string): Promise<void> {
  const post = async (path: string, body: unknown): Promise<string> => {
    const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await contentRequest(playerUrl + path, options);
    expect(answer.status, answer.body).toBe(200);
    return answer.body;
  };
  const name = JSON.parse(await post("api/open", {})).outline.activities[0].identifier;
  const at = Date.now();
  await post("api/journal?first=1", [
    [at, "", "Navigate", "choice", name, "true", "0"],
    [at, name, "Initialize", "", "", "true", "0"],
    [at, name, "SetValue", "cmi.core.score.raw", "90", "true", "0"],
    [at, name, "SetValue", "cmi.core.lesson_status", "passed", "true", "0"],
    [at, name, "Commit", "", "", "true", "0"],
  ]);
}
