import { create, fromBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import {
  type AcceptCallbackRequest,
  AcceptCallbackRequestSchema,
  CallbackKind,
} from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import type { DispatchSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { HostResultSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callbackSignature } from "../src/callback/callback-signature.ts";
import {
  addDispatch,
  callsOf,
  type DispatchHarness,
  refusal,
  refusalFacts,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";
import { type TestHost, testHost } from "./launching.ts";

let harness: DispatchHarness;
let other: DispatchHarness;
let host: TestHost;
beforeAll(async () => {
  harness = await startDispatch({ env: { DISPATCH_CALLBACKS_PER_MINUTE: "200" } });
  other = await startDispatch({ shared: harness, env: { DISPATCH_WORKERS: "0" } });
  host = testHost(harness);
});
afterAll(async () => {
  await host.stop();
  await other.stop();
  await harness.stop();
});

const { INITIALIZE, COMMIT, TERMINATE } = CallbackKind;
type Wishes = Partial<MessageInitShape<typeof AcceptCallbackRequestSchema>>;

async function launched(wishes: MessageInitShape<typeof DispatchSchema> = {}) {
  const dispatch = await addDispatch(harness, wishes);
  const { sessionToken, redeemed } = await host.launch(await host.importPackage(dispatch), uuidV7());
  const secret = redeemed.bridgeSecret;
  const signed = (sequence: number, more: Wishes = {}, by = secret): AcceptCallbackRequest => {
    const told = { sessionToken, sequence: BigInt(sequence), kind: COMMIT, ...more };
    const request = create(AcceptCallbackRequestSchema, told as MessageInitShape<typeof AcceptCallbackRequestSchema>);
    request.signature = callbackSignature(by, request);
    return request;
  };
  const send = (sequence: number, more: Wishes = {}, by = harness) =>
    callsOf(by, anonymous).callbacks.acceptCallback(signed(sequence, more));
  const [session] = await harness.sql<{ id: string }>("select id from external_session where dispatch_id = $1", [
    dispatch.id,
  ]);
  const id = session?.id ?? "";
  const listed = async () => (await callsOf(harness).callbacks.listCallbacks({ externalSessionId: id })).callbacks;
  const state = async () =>
    (
      await harness.sql<{ kind: number; newest_sequence: string; result: Buffer | null; cmi_json: Buffer | null }>(
        "select kind, newest_sequence, result, cmi_json from callback_state where external_session_id = $1",
        [id],
      )
    )[0];
  return { dispatch, id, secret, sessionToken, signed, send, listed, state };
}

const nobody = () => callsOf(harness, anonymous).callbacks;
const resultOf = (scoreRaw: number) => create(HostResultSchema, { scoreRaw });
const scoreOf = (bytes: Buffer | null | undefined) => bytes && fromBinary(HostResultSchema, bytes).scoreRaw;

describe("accepting", () => {
  it("keeps each number once and never lets an older one replace a newer", async () => {
    const { send, listed, state } = await launched();
    const time = timestampFromDate(new Date("2026-11-20T10:00:00Z"));
    expect(await send(1, { kind: INITIALIZE, time })).toMatchObject({ acknowledgedSequence: 1n, stop: false });
    expect(await send(3, { kind: TERMINATE, result: resultOf(90), cmiJson: Buffer.from('{"a":3}') })).toMatchObject({
      acknowledgedSequence: 1n,
    });
    expect(await send(2, { result: resultOf(40), cmiJson: Buffer.from('{"a":2}') })).toMatchObject({
      acknowledgedSequence: 3n,
    });
    expect(await send(3, { result: resultOf(1) })).toMatchObject({ acknowledgedSequence: 3n });
    const now = await state();
    expect([now?.kind, now?.newest_sequence, scoreOf(now?.result), now?.cmi_json?.toString()]).toEqual([
      TERMINATE,
      "3",
      90,
      '{"a":3}',
    ]);
    const callbacks = await listed();
    expect(callbacks.map((it) => [Number(it.sequence), it.kind, it.late, it.refusal])).toEqual([
      [2, COMMIT, true, ""],
      [3, TERMINATE, false, ""],
      [1, INITIALIZE, false, ""],
    ]);
    expect(callbacks.at(-1)?.time).toEqual(time);
  });

  it("takes the same from two processes at once, once", async () => {
    const { send, listed, state } = await launched();
    const order = Array.from({ length: 30 }, (_, index) => ((index * 7) % 30) + 1);
    await Promise.all(
      [...order, ...order.toReversed()].map((sequence, index) =>
        send(sequence, { result: resultOf(sequence) }, index % 2 ? other : harness),
      ),
    );
    expect((await send(30)).acknowledgedSequence).toBe(30n);
    expect((await listed()).map(({ sequence }) => Number(sequence)).toSorted((a, b) => a - b)).toEqual(
      order.toSorted((a, b) => a - b),
    );
    expect(scoreOf((await state())?.result)).toBe(30);
  });

  it("keeps what came before when the newest says nothing of it", async () => {
    const { send, state } = await launched();
    await send(1, { result: resultOf(50), cmiJson: Buffer.from("{}") });
    await send(2, { kind: TERMINATE });
    const now = await state();
    expect([now?.kind, scoreOf(now?.result)]).toEqual([TERMINATE, 50]);
  });

  it("keeps no results where learners are not tracked", async () => {
    const { send, state } = await launched({ trackingEnabled: false });
    await send(1, { result: resultOf(50), cmiJson: Buffer.from("{}") });
    expect(await state()).toMatchObject({ newest_sequence: "1", result: null, cmi_json: null });
  });
});

describe("refusing", () => {
  it("takes nothing that is not signed with the launch's own key", async () => {
    const { signed, secret, listed, sessionToken } = await launched();
    const stranger = await launched();
    expect(await refusal(nobody().acceptCallback(signed(1, {}, stranger.secret)))).toBe("SIGNATURE_INVALID");
    expect(await refusal(nobody().acceptCallback(signed(1, {}, sessionToken)))).toBe("SIGNATURE_INVALID");
    expect(await refusal(nobody().acceptCallback({ ...signed(1), sequence: 2n }))).toBe("SIGNATURE_INVALID");
    expect(await refusal(nobody().acceptCallback(signed(1, { sessionToken: `${sessionToken}x` }, secret)))).toBe(
      "SESSION_TOKEN_INVALID",
    );
    expect(await listed()).toEqual([]);
  });

  it("takes nothing of a key that was revoked, and of a launch that is gone", async () => {
    const revoked = await launched();
    const { signingKeys } = callsOf(harness);
    const { signingKeys: keys } = await signingKeys.listSigningKeys({});
    await signingKeys.rotateSigningKey({ requestId: uuidV7() });
    for (const { id } of keys) await signingKeys.revokeSigningKey({ id });
    expect(await refusal(revoked.send(1))).toBe("SESSION_TOKEN_INVALID");
    const gone = await launched();
    await gone.send(1);
    await harness.sql("delete from launch_exchange where external_session_id = $1", [gone.id]);
    expect(await refusal(gone.send(2))).toBe("SESSION_TOKEN_INVALID");
  });

  it("tells a page to stop once its session is revoked, and believes nothing it says", async () => {
    const { send, id, state, listed } = await launched();
    await send(1, { result: resultOf(10) });
    await harness.sql("update external_session set revoked_at = now() where id = $1", [id]);
    expect(await send(2, { result: resultOf(100) })).toMatchObject({ stop: true, acknowledgedSequence: 2n });
    expect(scoreOf((await state())?.result)).toBe(10);
    expect((await listed()).map(({ refusal: it }) => it)).toEqual(["REVOKED", ""]);
  });

  it("limits what one launch may send, without harm to others", async () => {
    const { send } = await launched();
    const answers = await Promise.allSettled(Array.from({ length: 210 }, (_, index) => send(index + 1)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(200);
    expect(Object.keys(await refusalFacts(send(211)))).toEqual(["retry_after_seconds"]);
    expect((await (await launched()).send(1)).acknowledgedSequence).toBe(1n);
  });

  it("refuses numbers that cannot be", async () => {
    const { send } = await launched();
    expect(await refusal(send(1_000_000))).toBe("RATE_LIMITED");
    expect((await send(1)).acknowledgedSequence).toBe(1n);
  });
});

it("lists the organization's callbacks by pages, newest first", async () => {
  const { send, dispatch } = await launched();
  for (let sequence = 1; sequence <= 5; sequence += 1) await send(sequence);
  const seen: number[] = [];
  let pageToken = "";
  do {
    const page = { pageSize: 2, pageToken, withTotal: true };
    const answer = await callsOf(harness).callbacks.listCallbacks({ dispatchId: dispatch.id, page });
    expect(answer.page?.total).toBe(5n);
    seen.push(...answer.callbacks.map(({ sequence }) => Number(sequence)));
    pageToken = answer.page?.nextPageToken ?? "";
  } while (pageToken !== "");
  expect(seen).toEqual([5, 4, 3, 2, 1]);
  expect((await callsOf(harness, stranger).callbacks.listCallbacks({})).callbacks).toEqual([]);
});
