import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type ContentHarness, contentHarness, owner, parts } from "./content-harness.ts";

let content: ContentHarness;
beforeAll(async () => {
  content = await contentHarness({ UPLOAD_MAX_BYTES: "1000000", UPLOAD_KEEP_SECONDS: "3600" });
});
afterAll(() => content.stop());

const uploads = () => content.mesh.clients.of(UploadService);
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
const announce = (sizeBytes: number, requestId = randomUUID()) =>
  as(
    owner,
    async () => (await uploads().createUpload({ requestId, filename: "a.zip", sizeBytes: BigInt(sizeBytes) })).upload!,
  );
const write = (...stream: Parameters<typeof parts>) => as(owner, () => uploads().writeUpload(parts(...stream)));
const read = (id: string) => as(owner, async () => (await uploads().getUpload({ id })).upload!);
const refusal = (call: Promise<unknown>) => call.then(() => "nothing", reasonOf);

it("takes a file in pieces and keeps it on disk", async () => {
  const { id } = await announce(bytes.length);
  expect((await write(id, 0, bytes)).upload).toMatchObject({ receivedBytes: 300_000n, complete: true });
  expect(await readFile(join(content.uploadDir, `${id}.upload`))).toEqual(bytes);
});

it("goes on where a broken stream stopped", async () => {
  const { id } = await announce(bytes.length);
  await expect(write(id, 0, bytes, { breakAfter: 130_000 })).rejects.toThrow();
  await vi.waitFor(async () => expect((await read(id)).receivedBytes).toBeGreaterThan(0n), 20_000);
  const { receivedBytes, complete } = await read(id);
  expect(complete).toBe(false);
  const rest = bytes.subarray(Number(receivedBytes));
  expect((await write(id, Number(receivedBytes), rest)).upload).toMatchObject({ complete: true });
  expect(await readFile(join(content.uploadDir, `${id}.upload`))).toEqual(bytes);
});

it("takes a file of unknown size until a stream says that it is the last", async () => {
  const { id } = await announce(0);
  expect((await write(id, 0, bytes.subarray(0, 100), { last: false })).upload?.complete).toBe(false);
  expect((await write(id, 100, bytes.subarray(100, 150))).upload).toMatchObject({
    receivedBytes: 150n,
    complete: true,
  });
});

it("refuses another offset than where it stands, and says where that is", async () => {
  const { id } = await announce(bytes.length);
  await write(id, 0, bytes.subarray(0, 1000), { last: false });
  expect(await refusal(write(id, 0, bytes))).toBe("UPLOAD_OFFSET_WRONG");
  expect(await refusal(write(id, 2000, bytes.subarray(2000)))).toBe("UPLOAD_OFFSET_WRONG");
  expect((await read(id)).receivedBytes).toBe(1000n);
});

it("refuses more than was announced and more than is allowed", async () => {
  expect(await refusal(announce(1_000_001))).toBe("UPLOAD_TOO_LARGE");
  const { id } = await announce(1000);
  expect(await refusal(write(id, 0, bytes))).toBe("UPLOAD_TOO_LARGE");
  const unknown = await announce(0);
  expect(await refusal(write(unknown.id, 0, Buffer.alloc(1_000_001)))).toBe("UPLOAD_TOO_LARGE");
});

it("gives the same upload for the same request, and refuses another with its id", async () => {
  const requestId = randomUUID();
  const [first, second] = await Promise.all([announce(5, requestId), announce(5, requestId)]);
  expect(second.id).toBe(first.id);
  expect(await refusal(announce(6, requestId))).toBe("REQUEST_ID_REUSED");
});

it("refuses a stream that does not begin with its header", async () => {
  const headless = as(owner, () =>
    uploads().writeUpload(
      (async function* () {
        yield { part: { case: "chunk" as const, value: bytes } };
      })(),
    ),
  );
  expect(await refusal(headless)).toBe("FIELD_INVALID");
});

it("forgets an upload with its bytes, twice without complaint", async () => {
  const { id } = await announce(bytes.length);
  await write(id, 0, bytes);
  await as(owner, () => uploads().deleteUpload({ id }));
  await as(owner, () => uploads().deleteUpload({ id }));
  expect(await refusal(read(id))).toBe("UPLOAD_NOT_FOUND");
  expect(await readdir(content.uploadDir)).not.toContain(`${id}.upload`);
});

it("removes what nobody imported when its time is over", async () => {
  const { id } = await announce(bytes.length);
  await write(id, 0, bytes);
  await content.sql("update coursemesh_content_jobs._private_jobs set run_at = now() where key = $1", [`upload:${id}`]);
  await vi.waitFor(async () => expect(await refusal(read(id))).toBe("UPLOAD_NOT_FOUND"), { timeout: 10_000 });
  await vi.waitFor(async () => expect(await readdir(content.uploadDir)).not.toContain(`${id}.upload`), 20_000);
});
