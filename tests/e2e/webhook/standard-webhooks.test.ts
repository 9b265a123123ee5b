import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { SecretService } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

/** A request as its receiver has it before anything was parsed. */
interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const received: Received[] = [];
/** Answers for the next requests; the rest are taken. */
const answers: number[] = [];
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  received.push({ headers: request.headers as Record<string, string>, body });
  response.writeHead(answers.shift() ?? 204).end();
});
const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;
let product: Product;
let endpointId: string;
let secret: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  product = await startProduct({ env: { EGRESS_ALLOW: "127.0.0.1" } });
  await restClient(product).importCourse("told", await buildQuizPackage());
});
afterAll(async () => {
  await product.remove();
  server.close();
});
beforeEach(async () => {
  received.length = 0;
  const made = await rpcClient(product, EndpointService).createEndpoint({
    requestId: randomUUID(),
    endpoint: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      filter: { types: ["registration.created"] },
    },
  });
  endpointId = made.endpoint?.id ?? "";
  secret = made.secret;
});
afterEach(async () => {
  vi.useRealTimers();
  await rpcClient(product, EndpointService).deleteEndpoint({ id: endpointId });
});

/** Has something happen and answers the request that tells of it. @param count requests to wait for, the last of which is answered */
async function tell(count = 1): Promise<Received> {
  const before = received.length;
  await restClient(product).register("told", randomUUID());
  await expect.poll(() => received.length, { timeout: 20_000 }).toBe(before + count);
  return received.at(-1) ?? { headers: {}, body: "" };
}

/** Whether the library that receivers use lets a request through. */
function verifies({ headers, body }: Received, by: string): boolean {
  try {
    return new Webhook(by).verify(body, headers) !== undefined;
  } catch {
    return false;
  }
}

it("is verified by the library, and by its secret, id, time and body alone", async () => {
  const request = await tell();
  expect(new Webhook(secret).verify(request.body, request.headers)).toMatchObject({
    id: request.headers["webhook-id"],
    type: "registration.created",
  });
  const { headers, body } = request;
  const changed: [string, Received, string][] = [
    ["secret", request, newSecret()],
    ["body", { headers, body: body.replace("registration.created", "registration.deleted") }, secret],
    ["id", { headers: { ...headers, "webhook-id": randomUUID() }, body }, secret],
    [
      "time",
      { headers: { ...headers, "webhook-timestamp": String(Number(headers["webhook-timestamp"]) - 1) }, body },
      secret,
    ],
  ];
  expect(changed.filter(([, it, by]) => verifies(it, by)).map(([what]) => what)).toEqual([]);
});

it("is verified by every active secret while they rotate, and by none that is over", async () => {
  const secrets = rpcClient(product, SecretService);
  const second = newSecret();
  await secrets.rotateSecret({ requestId: randomUUID(), endpointId, value: second, overlapSeconds: 3_600 });
  const both = await tell();
  expect(both.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
  expect([verifies(both, secret), verifies(both, second)]).toEqual([true, true]);

  const third = await secrets.rotateSecret({ requestId: randomUUID(), endpointId, overlapSeconds: 3_600 });
  const all = await tell();
  expect([secret, second, third.value].map((it) => verifies(all, it))).toEqual([true, true, true]);

  const { secrets: kept } = await secrets.listSecrets({ endpointId });
  for (const { id } of kept.filter(({ id }) => id !== third.secret?.id)) await secrets.deleteSecret({ id });
  const last = await tell();
  expect([secret, second, third.value].map((it) => verifies(last, it))).toEqual([false, false, true]);
});

it("is refused by the library when it is replayed later, and sent anew with a time of its own", async () => {
  answers.push(500);
  const again = await tell(2);
  const [first] = received;
  expect(again.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  expect(Number(again.headers["webhook-timestamp"])).toBeGreaterThanOrEqual(
    Number(first?.headers["webhook-timestamp"]),
  );
  expect(received.map((request) => verifies(request, secret))).toEqual([true, true]);
  const minutes = (count: number): boolean => {
    vi.useFakeTimers({ toFake: ["Date"], now: Number(again.headers["webhook-timestamp"]) * 1000 + count * 60_000 });
    return verifies(again, secret);
  };
  expect([-6, -4, 4, 6].map(minutes)).toEqual([false, true, true, false]);
});
