import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Channel } from "./channel.ts";
import { type Envelope, PROTOCOL } from "./message.ts";

const read = (value: unknown) => (typeof value === "string" ? value : undefined);

/** Two channels with a medium between them that asks `fate` what becomes of each envelope: how many times it arrives. */
function pair(fate: (envelope: Envelope, to: "left" | "right") => number = () => 1, secrets = ["s", "s"]) {
  const heard = { left: [] as string[], right: [] as string[] };
  const carry = (to: "left" | "right") => (envelope: Envelope) => {
    const copies = fate(envelope, to);
    for (let copy = 0; copy < copies; copy += 1)
      queueMicrotask(() => (to === "left" ? left : right).receive(structuredClone(envelope)));
  };
  const left: Channel<string, string> = new Channel({
    secret: secrets[0] ?? "",
    post: carry("right"),
    read,
    onMessage: (message) => heard.left.push(message),
  });
  const right: Channel<string, string> = new Channel({
    secret: secrets[1] ?? "",
    post: carry("left"),
    read,
    onMessage: (message) => heard.right.push(message),
  });
  return { left, right, heard };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the channel between package page and bridge", () => {
  it("hands over each message once and in order, both ways", async () => {
    const { left, right, heard } = pair();
    left.send("a");
    left.send("b");
    right.send("c");
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual({ left: ["c"], right: ["a", "b"] });
    expect([left.unacknowledged, right.unacknowledged]).toEqual([0, 0]);
  });

  it("sends again what was lost, and keeps the order", async () => {
    let lost = 2;
    const { left, heard } = pair((envelope) => (envelope.seq > 0 && lost-- > 0 ? 0 : 1));
    left.send("a");
    left.send("b");
    left.send("c");
    await vi.advanceTimersByTimeAsync(0);
    expect(heard.right).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard.right).toEqual(["a", "b", "c"]);
    expect(left.unacknowledged).toBe(0);
  });

  it("drops copies, and says again that it has them when its acknowledgement was lost", async () => {
    let acknowledgements = 0;
    const { left, heard } = pair((envelope) => (envelope.seq === 0 && acknowledgements++ === 0 ? 0 : 3));
    left.send("a");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(heard.right).toEqual(["a"]);
    expect(left.unacknowledged).toBe(0);
  });

  it("hears nobody who does not know the secret, has another version, or acknowledges what was never said", async () => {
    const { left, right, heard } = pair(() => 1, ["s", "other"]);
    left.send("a");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heard.right).toEqual([]);
    const good = { protocol: PROTOCOL, version: 1, secret: "other", seq: 1, ack: 0, message: "x" };
    for (const bad of [
      { version: 2 },
      { protocol: "x" },
      { seq: -1 },
      { seq: 1.5 },
      { ack: 7 },
      { secret: "" },
      { secret: undefined },
    ])
      right.receive({ ...good, ...bad });
    for (const data of [null, "text", 7, [], undefined]) right.receive(data);
    expect(heard.right).toEqual([]);
    right.receive(good);
    expect(heard.right).toEqual(["x"]);
  });

  it("is silent once it is closed", async () => {
    const posted: Envelope[] = [];
    const channel = new Channel<string, string>({
      secret: "s",
      post: (it) => posted.push(it),
      read,
      onMessage: () => {
        throw new Error("heard something");
      },
    });
    channel.send("a");
    channel.close();
    channel.send("b");
    channel.receive({ ...posted[0], message: "x" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posted).toHaveLength(1);
  });

  it("loses nothing when the other side stays away for very long", async () => {
    let open = false;
    const { left, heard } = pair(() => (open ? 1 : 0));
    for (let count = 0; count < 150; count += 1) left.send(String(count));
    open = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard.right).toHaveLength(150);
    expect(heard.right.at(-1)).toBe("149");
  });
});
