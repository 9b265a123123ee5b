import { Code } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { uploadParts } from "./upload-parts.ts";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

async function* pieces(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size);
}

it("sends the header first, then small pieces together and nothing more", async () => {
  const parts = await all(uploadParts("u", 5n, true, pieces(200_000, 100_000, 7)));
  expect(parts[0]).toEqual({ part: { case: "header", value: { uploadId: "u", offset: 5n, last: true } } });
  expect(parts.slice(1).map(({ part }) => part?.case === "chunk" && part.value?.length)).toEqual([300_000, 7]);
});

it("sends only the header for nothing", async () => {
  expect(await all(uploadParts("u", 0n, true, pieces()))).toHaveLength(1);
});

it("passes on that the sender broke off", async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1);
    throw new Error("connection reset");
  }
  await expect(all(uploadParts("u", 0n, false, broken()))).rejects.toMatchObject({ code: Code.Canceled });
});
