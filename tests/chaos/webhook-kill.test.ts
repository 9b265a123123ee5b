import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { EndpointService, Ordering } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { restClient } from "../product/rest-client.ts";
import { rpcClient } from "../product/rpc-client.ts";
import { type Product, startProduct } from "../product/start-product.ts";

/** How often the server is killed: `npm run chaos` does it 100 times. */
const KILLS = Number(process.env.CHAOS_KILLS ?? 2);
const LEARNERS = 15;

/** Ids that were taken, in the order of their coming. */
const taken: string[] = [];
let requests = 0;
const server = createServer(async (request, response) => {
  await request.toArray();
  requests += 1;
  // Every fifth request fails, every seventh breaks after it was heard: some in each way, however often the sender dies.
  if (requests % 5 === 0) return void response.writeHead(503).end();
  taken.push(String(request.headers["webhook-id"]));
  if (requests % 7 === 0) return void request.socket.destroy();
  response.writeHead(204).end();
});
let product: Product;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const env = {
    EGRESS_ALLOW: "127.0.0.1",
    WEBHOOK_TIMEOUT_MS: "1000",
    WEBHOOK_LEASE_MARGIN_MS: "1000",
    WEBHOOK_MAX_DELAY_MS: "1000",
  };
  product = await startProduct({ env });
});
afterAll(async () => {
  await product.remove();
  server.close();
});

it(
  `delivers every event at least once, in order, through ${KILLS} kills of the server`,
  async () => {
    const rest = restClient(product);
    await rest.importCourse("told", await buildQuizPackage());
    await rpcClient(product, EndpointService).createEndpoint({
      requestId: randomUUID(),
      endpoint: {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        filter: { types: ["registration.created"] },
        policy: { ordering: Ordering.ALL, maxAttempts: 100 },
      },
    });
    for (let kill = 0; kill < KILLS; kill += 1) {
      for (let learner = 0; learner < LEARNERS; learner += 1) await rest.register("told", `r-${kill}-${learner}`);
      // At another moment each time: before the outbox was looked at, while sending, while waiting.
      await sleep((kill * 131) % 700);
      await product.kill();
      await product.restart();
    }
    const expected = KILLS * LEARNERS;
    await expect.poll(() => new Set(taken).size, { timeout: 60_000 }).toBe(expected);
    const log: string[] = [];
    for (let afterCursor = "", more = true; more; ) {
      const page = await rpcClient(product, EventService).listEvents({
        afterCursor,
        limit: 500,
        filter: { types: ["registration.created"] },
      });
      log.push(...page.events.map(({ id }) => id));
      afterCursor = page.nextCursor;
      more = page.more;
    }
    expect(log).toHaveLength(expected);
    expect([...new Set(taken)]).toEqual(log);
  },
  120_000 + KILLS * 20_000,
);
