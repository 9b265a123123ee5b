import { Readable } from "node:stream";
import { create } from "@bufbuild/protobuf";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import { CallerKind, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { expect, it } from "vitest";
import { fake, testBff } from "../testing/test-bff.ts";

const caller = create(CallerSchema, {
  kind: CallerKind.PERSON,
  organizationId: "o",
  permissions: [...ALL_PERMISSIONS],
});
const authorization = "Bearer t";
const uuid = "01960000-0000-7000-8000-000000000001";
const MIB = 1024 * 1024;

it("passes a file on in pieces, says when it ends, and imports it", async () => {
  const seen: { offset?: bigint; last?: boolean; sizes: number[] } = { sizes: [] };
  const uploads = fake(UploadService, {
    createUpload: ({ filename, sizeBytes }) => ({ upload: { id: uuid, filename, sizeBytes } }),
    getUpload: () => ({ upload: { id: uuid, sizeBytes: BigInt(5 * MIB), receivedBytes: BigInt(2 * MIB) } }),
    async writeUpload(parts) {
      for await (const { part } of parts) {
        if (part.case === "header") Object.assign(seen, { offset: part.value.offset, last: part.value.last });
        if (part.case === "chunk") seen.sizes.push(part.value.length);
      }
      return { upload: { id: uuid, receivedBytes: BigInt(5 * MIB), complete: true } };
    },
  });
  const imports = fake(ImportService, { createImport: ({ note }) => ({ import: { id: `import of ${note}` } }) });
  const bff = await testBff({ fakes: [uploads, imports], callers: { [authorization]: caller } });

  const created = await bff.web.inject({
    method: "POST",
    url: "/web/uploads",
    headers: { authorization },
    payload: { filename: "a.zip", size: 5 * MIB },
  });
  expect([created.statusCode, created.json()]).toEqual([
    201,
    { upload: { id: uuid, filename: "a.zip", sizeBytes: 5 * MIB, receivedBytes: 0, complete: false } },
  ]);

  const pieces = Readable.from(Array.from({ length: 48 }, () => Buffer.alloc(65_536)));
  const written = await bff.web.inject({
    method: "PATCH",
    url: `/web/uploads/${uuid}?offset=${2 * MIB}`,
    headers: { authorization, "content-type": "application/octet-stream", "content-length": String(3 * MIB) },
    payload: pieces,
  });
  expect(written.json()).toMatchObject({ upload: { receivedBytes: 5 * MIB, complete: true } });
  expect(seen).toMatchObject({ offset: BigInt(2 * MIB), last: true });
  expect(Math.max(...seen.sizes)).toBeLessThanOrEqual(512 * 1024);
  expect(seen.sizes.reduce((sum, size) => sum + size, 0)).toBe(3 * MIB);

  const imported = await bff.web.inject({
    method: "POST",
    url: `/web/uploads/${uuid}/import`,
    headers: { authorization },
    payload: { note: "first" },
  });
  expect([imported.statusCode, imported.json()]).toEqual([202, { importId: "import of first" }]);
  await bff.stop();
});

it("refuses bytes that call themselves JSON", async () => {
  const uploads = fake(UploadService, { getUpload: () => ({ upload: { id: uuid } }) });
  const bff = await testBff({ fakes: [uploads], callers: { [authorization]: caller } });
  const answer = await bff.web.inject({
    method: "PATCH",
    url: `/web/uploads/${uuid}?offset=0`,
    headers: { authorization },
    payload: { a: 1 },
  });
  expect([answer.statusCode, answer.json()]).toMatchObject([400, { metadata: { field: "content-type" } }]);
  await bff.stop();
});

it("refuses bytes without an offset", async () => {
  const bff = await testBff({ callers: { [authorization]: caller } });
  const answer = await bff.web.inject({
    method: "PATCH",
    url: `/web/uploads/${uuid}`,
    headers: { authorization, "content-type": "application/zip" },
    payload: "x",
  });
  expect([answer.statusCode, answer.json()]).toMatchObject([
    400,
    { reason: "FIELD_INVALID", metadata: { field: "offset" } },
  ]);
  await bff.stop();
});
