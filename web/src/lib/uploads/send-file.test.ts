import { describe, expect, it } from "vitest";
import { SLICE_BYTES, sendFile } from "./send-file.ts";
import { type UploadClient, UploadRefused } from "./upload-client.ts";

const file = new File([new Uint8Array(SLICE_BYTES * 2 + 10)], "course.zip");
const never = new AbortController().signal;

/** A server that keeps count; `fail` is asked before each slice. */
function server(fail: (offset: number, attempt: number) => Error | undefined) {
  const state = { received: 0, offsets: [] as number[] };
  const client: UploadClient = {
    open: async () => ({ id: "u1", receivedBytes: state.received }),
    append: async (_id, offset, slice) => {
      state.offsets.push(offset);
      const error = fail(offset, state.offsets.length);
      if (error) throw error;
      state.received = offset + slice.size;
      return state.received;
    },
    startImport: async () => "i1",
  };
  return { state, client };
}

describe("sending a file", () => {
  it("sends slices in order until all has arrived", async () => {
    const { state, client } = server(() => undefined);
    const seen: number[] = [];
    expect(await sendFile(client, file, "r", (bytes) => seen.push(bytes), never)).toBe("u1");
    expect(state.offsets).toEqual([0, SLICE_BYTES, SLICE_BYTES * 2]);
    expect(seen.at(-1)).toBe(file.size);
  });

  it("goes on where the server is after the network failed", async () => {
    const { state, client } = server((_offset, attempt) => (attempt === 2 ? new TypeError("network") : undefined));
    const waits: boolean[] = [];
    await sendFile(
      client,
      file,
      "r",
      (_bytes, waiting) => waits.push(waiting),
      never,
      async () => {},
    );
    expect(state.offsets).toEqual([0, SLICE_BYTES, SLICE_BYTES, SLICE_BYTES * 2]);
    expect(waits).toContain(true);
  });

  it("stops at once when the server refuses", async () => {
    const { state, client } = server(() => new UploadRefused(413, "too large"));
    await expect(
      sendFile(
        client,
        file,
        "r",
        () => {},
        never,
        async () => {},
      ),
    ).rejects.toThrow("too large");
    expect(state.offsets).toEqual([0]);
  });

  it("gives up after the last pause, so that the row can offer Resume", async () => {
    const { state, client } = server(() => new TypeError("network"));
    await expect(
      sendFile(
        client,
        file,
        "r",
        () => {},
        never,
        async () => {},
      ),
    ).rejects.toThrow("network");
    expect(state.offsets).toHaveLength(5);
  });
});
