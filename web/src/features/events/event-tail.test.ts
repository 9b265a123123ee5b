import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { EventRowSchema, TailEventsResponseSchema } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { ErrorInfoSchema } from "@coursemesh/proto/google/rpc/error_details_pb.ts";
import { describe, expect, it } from "vitest";
import { matchesRest } from "./event-filters.ts";
import { EventTail, type OpenTail, type TailItem } from "./event-tail.ts";

const answer = (cursor: string, ...ids: string[]) =>
  create(TailEventsResponseSchema, { cursor, events: ids.map((id) => ({ id, type: "course.created" })) });
const words = (items: readonly TailItem[]) =>
  items.map((item) => ("event" in item ? item.event.id : `gap ${item.gap.from}-${item.gap.to} ${item.gap.missed}`));

/** Connections one after the other; the signal ends the last. */
function lines(...all: ((signal: AbortSignal) => AsyncIterable<ReturnType<typeof answer>>)[]) {
  const asked: string[] = [];
  const stop = new AbortController();
  const open: OpenTail = (cursor, signal) => {
    asked.push(cursor);
    const line = all[asked.length - 1];
    if (line) return line(signal);
    stop.abort();
    throw new ConnectError("over", Code.Canceled);
  };
  return { asked, stop, open };
}
const clock = () => {
  let time = 0;
  return () => (time += 10);
};
const atOnce = async () => undefined;

describe("the live tail of events", () => {
  it("draws a gap where the line broke, and what came in it above", async () => {
    const { asked, stop, open } = lines(
      async function* () {
        yield answer("c1", "a");
        throw new TypeError("the line broke");
      },
      async function* () {
        yield answer("c3", "b", "c");
      },
    );
    const tail = new EventTail(open, atOnce, clock());
    await tail.follow(stop.signal);
    expect(asked).toEqual(["", "c1", "c3"]);
    expect(words(tail.state().items)).toEqual(["c", "b", "gap 20-30 false", "a"]);
  });

  it("says that events are missing when the log does not go back that far", async () => {
    const tooOld = new ConnectError("too old", Code.OutOfRange, undefined, [
      { desc: ErrorInfoSchema, value: { reason: "CURSOR_TOO_OLD", domain: "coursemesh" } },
    ]);
    const { asked, stop, open } = lines(
      async function* () {
        yield answer("c1", "a");
        throw tooOld;
      },
      async function* () {
        yield answer("c9", "z");
      },
    );
    const tail = new EventTail(open, atOnce, clock());
    await tail.follow(stop.signal);
    expect(asked).toEqual(["", "", "c9"]);
    expect(words(tail.state().items)).toEqual(["z", "gap 20-30 true", "a"]);
  });

  it("keeps what comes while the page holds still, and shows each event once", async () => {
    const { stop, open } = lines(async function* () {
      yield answer("c1", "a");
      tail.hold(true);
      yield answer("c2", "a", "b");
    });
    const tail = new EventTail(open, atOnce, clock());
    await tail.follow(stop.signal);
    expect([words(tail.state().items), words(tail.state().waiting)]).toEqual([["a"], ["b"]]);
    tail.hold(false);
    expect(words(tail.state().items)).toEqual(["b", "a"]);
  });

  it("gives up when it is refused", async () => {
    const { asked, stop, open } = lines(() => {
      throw new ConnectError("no", Code.PermissionDenied);
    });
    const tail = new EventTail(open, atOnce, clock());
    await tail.follow(stop.signal);
    expect([asked.length, tail.state().status]).toEqual([1, "refused"]);
  });
});

it("knows by itself what a tail is not filtered by", () => {
  const row = create(EventRowSchema, {
    id: "1",
    type: "course.created",
    actorId: "ann",
    traceId: "t",
    learnerId: "Lee",
  });
  expect([{ q: "LEE" }, { actor: "ann" }, { trace: "t" }, {}].map((filters) => matchesRest(row, filters))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([{ q: "x" }, { actor: "b" }, { trace: "u" }].some((filters) => matchesRest(row, filters))).toBe(false);
});
