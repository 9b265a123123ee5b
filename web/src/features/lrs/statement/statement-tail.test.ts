import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  type StatementRow,
  StatementRowSchema,
  type TailStatementsResponse,
  TailStatementsResponseSchema,
} from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { ErrorInfoSchema } from "@coursemesh/proto/google/rpc/error_details_pb.ts";
import { expect, it } from "vitest";
import { type OpenTail, StatementTail, TAIL_ROWS } from "./statement-tail.ts";

const row = (id: string): StatementRow => create(StatementRowSchema, { id });
const answer = (resumeToken: string, ...ids: string[]): TailStatementsResponse =>
  create(TailStatementsResponseSchema, { resumeToken, statements: ids.map(row) });
const idsOf = (rows: readonly StatementRow[]) => rows.map(({ id }) => id);

/** A server that plays one script for each connection and notes the tokens it was asked with; after the last it stays quiet. */
function tailOver(...scripts: readonly (TailStatementsResponse | Error)[][]) {
  const stop = new AbortController();
  const tokens: string[] = [];
  const open: OpenTail = async function* (token, signal) {
    tokens.push(token);
    const script = scripts[tokens.length - 1];
    if (!script) {
      stop.abort();
      return;
    }
    for (const step of script) {
      signal.throwIfAborted();
      if (step instanceof Error) throw step;
      yield step;
    }
  };
  return { tail: new StatementTail(open, async () => undefined), tokens, stop: stop.signal };
}

const broken = new ConnectError("gone", Code.Unavailable);
const stale = new ConnectError("too old", Code.InvalidArgument, undefined, [
  { desc: ErrorInfoSchema, value: create(ErrorInfoSchema, { reason: "MORE_TOKEN_INVALID" }) },
]);

it("puts the newest on top, each once, whatever is sent again", async () => {
  const { tail, stop } = tailOver([answer("t1", "a", "b"), answer("t2", "b", "c")]);
  await tail.follow(stop);
  expect(idsOf(tail.state().rows)).toEqual(["c", "b", "a"]);
});

it("goes on from the last token when the line breaks or the server ends it", async () => {
  const { tail, tokens, stop } = tailOver([answer("t1", "a"), broken], [answer("t2", "b")], [answer("t3")]);
  await tail.follow(stop);
  expect(tokens).toEqual(["", "t1", "t2", "t3"]);
  expect(idsOf(tail.state().rows)).toEqual(["b", "a"]);
  expect(tail.state().gaps).toBe(0);
});

it("begins again and says that there is a gap when its token is no longer good", async () => {
  const { tail, tokens, stop } = tailOver([answer("t1", "a"), broken], [stale], [answer("t9", "c")]);
  await tail.follow(stop);
  expect(tokens).toEqual(["", "t1", "", "t9"]);
  expect(tail.state().gaps).toBe(1);
});

it("gives up when the server refuses for good", async () => {
  const { tail, tokens, stop } = tailOver([new ConnectError("no", Code.PermissionDenied)]);
  await tail.follow(stop);
  expect([tail.state().status, tokens.length]).toEqual(["refused", 1]);
});

it("lets wait what arrives while the page holds still, and shows it when asked", async () => {
  const { tail, stop } = tailOver([answer("t1", "a", "b")]);
  tail.hold(true);
  await tail.follow(stop);
  expect([idsOf(tail.state().rows), idsOf(tail.state().waiting)]).toEqual([[], ["b", "a"]]);
  tail.show();
  expect([idsOf(tail.state().rows), tail.state().waiting]).toEqual([["b", "a"], []]);
});

it("keeps no more than it says", async () => {
  const many = Array.from({ length: TAIL_ROWS + 5 }, (_, index) => `s${index}`);
  const { tail, stop } = tailOver([answer("t1", ...many)]);
  await tail.follow(stop);
  expect([tail.state().rows.length, tail.state().rows[0]?.id]).toEqual([TAIL_ROWS, many.at(-1)]);
});
