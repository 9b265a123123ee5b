import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

const received: { type: string; id: string }[] = [];
const server = createServer(async (request, response) => {
  received.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
  response.writeHead(204).end();
});
let product: Product;
let url: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  product = await startProduct({ shape: "mesh", env: { EGRESS_ALLOW: "127.0.0.1" } });
});
afterAll(async () => {
  await product.remove();
  server.close();
});

it("tells of what happened in other processes, and keeps it in one log", async () => {
  await rpcClient(product, EndpointService).createEndpoint({
    requestId: randomUUID(),
    endpoint: { url, filter: { types: ["course.*", "import.*", "registration.*"] } },
  });
  const rest = restClient(product);
  await rest.importCourse("told", await buildQuizPackage());
  await rest.register("told", "told");
  const types = (): string[] => received.map(({ type }) => type);
  await expect
    .poll(types, { timeout: 30_000 })
    .toEqual(expect.arrayContaining(["course.created", "import.completed", "registration.created"]));
  const { events } = await rpcClient(product, EventService).listEvents({ limit: 100 });
  const log = new Map(events.map((event) => [event.id, event.type]));
  expect(received.map(({ id, type }) => log.get(id) === type)).toEqual(received.map(() => true));
  const registered = events.find(({ type }) => type === "registration.created");
  expect(registered?.subject?.courseId).toBe(events.find(({ type }) => type === "course.created")?.subject?.courseId);
});
