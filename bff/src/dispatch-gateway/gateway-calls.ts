import { runAs } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import {
  AcceptCallbackRequestSchema,
  AcceptCallbackResponseSchema,
  CallbackService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import {
  GetPendingResultsRequestSchema,
  GetPendingResultsResponseSchema,
  LaunchService,
  OpenExchangeRequestSchema,
  OpenExchangeResponseSchema,
  RedeemExchangeRequestSchema,
  RedeemExchangeResponseSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import {
  ReceiptService,
  RecordReceiptsRequestSchema,
  RecordReceiptsResponseSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { edge } from "../content-origin/launch-directory.ts";
import { toHttpFailure } from "../http/http-errors.ts";
import type { GatewayLimit } from "./gateway-limits.ts";
import { messageJson, readMessage } from "./gateway-message.ts";
import { hostFacts } from "./host-facts.ts";

/** Largest bodies in bytes: what the contract allows, and the JSON around it. */
const SMALL_BODY = 64 * 1024;
const REPORT_BODY = 2 * 1024 * 1024;

/** Pages of customers' platforms call from any origin; no cookie is ever looked at, so there is nothing to be tricked out of. */
const CORS = { "access-control-allow-origin": "*", "access-control-expose-headers": "retry-after" };
const PREFLIGHT = {
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "content-type",
  "access-control-max-age": "86400",
};

type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** What package pages and bridges say to the server: JSON over HTTP, as the contract's messages. Answers are JSON, errors `{error}`. */
export function gatewayCalls(scope: FastifyInstance, clients: Clients, limit: GatewayLimit): void {
  // Pages post text, which needs no preflight and can be sent while a page goes away.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  scope.setErrorHandler(async (error: Error, request, reply) => {
    const { status, reason, message, metadata, requestId } = toHttpFailure(error, request);
    const wait = metadata.retry_after_seconds;
    if (wait !== undefined && !reply.hasHeader("retry-after")) reply.header("retry-after", wait);
    return reply.code(status).send({ error: { reason, message, metadata }, requestId });
  });

  const post = (path: string, bodyLimit: number, answer: Answer): void => {
    scope.route({
      method: "POST",
      url: path,
      bodyLimit,
      onRequest: async (_request, reply) => {
        reply.headers(CORS).header("cache-control", "no-store");
      },
      handler: (request, reply) => runAs(edge, () => answer(request, reply)),
    });
    scope.options(path, async (_request, reply) =>
      reply
        .code(204)
        .headers({ ...CORS, ...PREFLIGHT })
        .send(),
    );
  };

  post("/exchanges", SMALL_BODY, async (request, reply) => {
    const message = readMessage(OpenExchangeRequestSchema, request.body);
    await limit(request, reply, "launch", message.dispatchId);
    message.host = hostFacts(request, message.host);
    return messageJson(OpenExchangeResponseSchema, await clients.of(LaunchService).openExchange(message));
  });

  post("/exchanges/redeem", SMALL_BODY, async (request, reply) => {
    const message = readMessage(RedeemExchangeRequestSchema, request.body);
    await limit(request, reply, "redeem", message.code);
    message.userAgent = (request.headers["user-agent"] ?? "").slice(0, 1_000);
    return messageJson(RedeemExchangeResponseSchema, await clients.of(LaunchService).redeemExchange(message));
  });

  post("/results", SMALL_BODY, async (request, reply) => {
    const message = readMessage(GetPendingResultsRequestSchema, request.body);
    await limit(request, reply, "results", message.sessionToken);
    return messageJson(GetPendingResultsResponseSchema, await clients.of(LaunchService).getPendingResults(message));
  });

  post("/receipts", REPORT_BODY, async (request, reply) => {
    const message = readMessage(RecordReceiptsRequestSchema, request.body);
    await limit(request, reply, "report", message.sessionToken);
    return messageJson(RecordReceiptsResponseSchema, await clients.of(ReceiptService).recordReceipts(message));
  });

  post("/callbacks", REPORT_BODY, async (request, reply) => {
    const message = readMessage(AcceptCallbackRequestSchema, request.body);
    await limit(request, reply, "report", message.sessionToken);
    return messageJson(AcceptCallbackResponseSchema, await clients.of(CallbackService).acceptCallback(message));
  });
}
