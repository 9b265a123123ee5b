import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter, createClient, type HandlerContext } from "@connectrpc/connect";
import {
  type AppendJournalRequest,
  type AppendJournalResponse,
  AppendJournalResponseSchema,
  PlayerService,
} from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import { ResultSchema } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { describe, expect, it } from "vitest";
import { errorInfoOf, serviceError } from "../errors/service-error.ts";
import { directTransport } from "./direct-transport.ts";

type Handler = (request: AppendJournalRequest, context: HandlerContext) => AppendJournalResponse;

const call = { token: "t".repeat(20), firstSeq: 1, callsJson: Buffer.from("[]") };
const append = (handler: Handler) => {
  const routes = (router: ConnectRouter): void => void router.service(PlayerService, { appendJournal: handler });
  return createClient(PlayerService, directTransport(routes, [], []));
};

// The longer way is Connect's own in-memory transport; both have to look the same to both sides.
describe.each([
  ["directly", {}],
  ["the longer way, with a deadline", { timeoutMs: 60_000 }],
])("a call that goes %s", (_, options) => {
  it("gives neither side the other's objects", async () => {
    let asked: AppendJournalRequest | undefined;
    const answered = create(AppendJournalResponseSchema, { acknowledgedSeq: 7, result: create(ResultSchema) });
    const client = append((request) => {
      asked = request;
      return answered;
    });
    const response = await client.appendJournal(call, options);
    expect(response).toEqual(answered);
    expect(response.result).not.toBe(answered.result);
    expect(Buffer.from(asked?.callsJson ?? []).toString()).toBe("[]");
    expect(asked?.callsJson).not.toBe(call.callsJson);
  });

  it("carries headers there and back", async () => {
    const client = append((_request, { requestHeader, responseHeader }) => {
      responseHeader.set("x-answer", requestHeader.get("x-question") ?? "");
      return create(AppendJournalResponseSchema);
    });
    let header = "";
    const onHeader = (headers: Headers): void => {
      header = headers.get("x-answer") ?? "";
    };
    await client.appendJournal(call, { ...options, headers: { "x-question": "why" }, onHeader });
    expect(header).toBe("why");
  });

  it("tells an error's code, sentence and details, and not its cause", async () => {
    const client = append(() => {
      throw serviceError(Code.NotFound, "LAUNCH_NOT_FOUND", "no such launch", { id: "1" }, new Error("secret"));
    });
    const error = ConnectError.from(await client.appendJournal(call, options).catch((it: unknown) => it));
    expect(error).toMatchObject({ code: Code.NotFound, rawMessage: "no such launch", cause: undefined });
    expect(errorInfoOf(error)).toMatchObject({ reason: "LAUNCH_NOT_FOUND", metadata: { id: "1" } });
  });

  it("says nothing about an error that no service made", async () => {
    const client = append(() => {
      throw new Error("secret");
    });
    const error = ConnectError.from(await client.appendJournal(call, options).catch((it: unknown) => it));
    expect(error).toMatchObject({ code: Code.Internal, rawMessage: "internal error" });
  });

  it("refuses what the service does not implement", async () => {
    const client = append(() => create(AppendJournalResponseSchema));
    const error = ConnectError.from(await client.closeLaunch({}, options).catch((it: unknown) => it));
    expect(error.code).toBe(Code.Unimplemented);
  });

  it("ends what a handler left running when the call is over", async () => {
    let signal: AbortSignal | undefined;
    const client = append((_request, context) => {
      ({ signal } = context);
      expect(signal.aborted).toBe(false);
      return create(AppendJournalResponseSchema);
    });
    await client.appendJournal(call, options);
    expect(signal?.aborted).toBe(true);
  });
});

it("runs the interceptors of both sides, the first outermost", async () => {
  const steps: string[] = [];
  const step =
    (name: string) =>
    <Next extends (request: never) => unknown>(next: Next): Next =>
      ((request) => {
        steps.push(name);
        return next(request);
      }) as Next;
  const transport = directTransport(
    (router) => void router.service(PlayerService, { appendJournal: () => ({ acknowledgedSeq: 1 }) }),
    [step("server 1"), step("server 2")],
    [step("client 1"), step("client 2")],
  );
  await createClient(PlayerService, transport).appendJournal(call);
  expect(steps).toEqual(["client 1", "client 2", "server 1", "server 2"]);
});
