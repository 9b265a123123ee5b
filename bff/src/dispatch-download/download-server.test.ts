import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { CallerKind, CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type DownloadPackageRequest,
  PackageSchema,
  PackageService,
  PackageState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { expect, it } from "vitest";
import { fake, testBff } from "../testing/test-bff.ts";

const callerWith = (...permissions: Permission[]) =>
  create(CallerSchema, { kind: CallerKind.API_KEY, id: "k", organizationId: "o", permissions });
const callers = { reader: callerWith(Permission.DISPATCH_READ), nobody: callerWith() };
const bytes = Buffer.from("0123456789");
const ready = "0192f3a0-0000-7000-8000-00000000000a";
const expiredId = "0192f3a0-0000-7000-8000-00000000000b";
const waitingId = "0192f3a0-0000-7000-8000-00000000000c";
const download = "0192f3a0-0000-7000-8000-000000000001";

/** A BFF before a dispatch service with one package; another has expired, and a third is not made yet. */
async function packageBff() {
  const seen: DownloadPackageRequest[] = [];
  const packages = fake(PackageService, {
    getPackage({ id }) {
      const state = id === waitingId ? PackageState.GENERATING : PackageState.READY;
      const sizeBytes = BigInt(bytes.length);
      return { package: create(PackageSchema, { id, state, sizeBytes, sha256: "abc", filename: "Übung.zip" }) };
    },
    async *downloadPackage(request) {
      if (request.id === expiredId) throw serviceError(Code.PermissionDenied, "PACKAGE_EXPIRED", "it has expired");
      if (request.id === waitingId) throw serviceError(Code.FailedPrecondition, "PACKAGE_NOT_READY", "not yet");
      seen.push(request);
      const start = Number(request.offset);
      const end = request.length === 0n ? bytes.length : start + Number(request.length);
      yield { part: { case: "header", value: { filename: "Übung.zip", sizeBytes: BigInt(bytes.length) } } };
      for (let at = start; at < end; at += 4)
        yield { part: { case: "chunk", value: bytes.subarray(at, Math.min(end, at + 4)) } };
    },
  });
  const bff = await testBff({ fakes: [packages], callers });
  const get = (
    id: string,
    headers: Record<string, string> = {},
    { query = "", method = "GET" }: { query?: string; method?: "GET" | "HEAD" } = {},
  ) =>
    bff.web.inject({
      method,
      url: `/dispatch/v1/packages/${id}/file${query}`,
      headers: { authorization: "reader", ...headers },
    });
  return { get, seen };
}

it("sends the file under its name, and each time as a download of its own", async () => {
  const { get, seen } = await packageBff();
  const answer = await get(ready);
  expect([answer.statusCode, answer.body]).toEqual([200, "0123456789"]);
  expect(answer.headers).toMatchObject({
    ...{ etag: '"abc"', "accept-ranges": "bytes", "content-length": "10", "content-type": "application/zip" },
    "content-disposition": `attachment; filename="_bung.zip"; filename*=UTF-8''%C3%9Cbung.zip`,
  });
  await get(ready);
  expect(seen[0]?.downloadId).not.toBe(seen[1]?.downloadId);
});

it("sends parts that belong to one download, unless the file has become another", async () => {
  const { get, seen } = await packageBff();
  const part = await get(ready, { range: "bytes=2-5" });
  expect([part.statusCode, part.body, part.headers["content-range"]]).toEqual([206, "2345", "bytes 2-5/10"]);
  const rest = await get(ready, { range: "bytes=6-", "if-range": '"abc"' });
  expect([rest.statusCode, rest.body]).toEqual([206, "6789"]);
  expect(seen[0]?.downloadId).toBe(seen[1]?.downloadId);
  const whole = await get(ready, { range: "bytes=6-", "if-range": '"old"' });
  expect([whole.statusCode, whole.body]).toEqual([200, "0123456789"]);
  await get(ready, { range: "bytes=-1" }, { query: `?download=${download}` });
  await get(ready, {}, { query: `?download=${download}` });
  expect(seen.slice(3).map(({ downloadId }) => downloadId)).toEqual([download, download]);
});

it("answers HEAD, conditions and ranges that are none without sending anything", async () => {
  const { get, seen } = await packageBff();
  const head = await get(ready, {}, { method: "HEAD" });
  expect([head.statusCode, head.body, head.headers["content-length"]]).toEqual([200, "", "10"]);
  expect((await get(ready, { "if-none-match": '"abc"' })).statusCode).toBe(304);
  const none = await get(ready, { range: "bytes=10-" });
  expect([none.statusCode, none.headers["content-range"]]).toEqual([416, "bytes */10"]);
  expect(seen).toEqual([]);
});

it("says why a package is not given, and gives none to whoever may not read dispatches", async () => {
  const { get } = await packageBff();
  const expired = await get(expiredId);
  expect([expired.statusCode, expired.body]).toEqual([403, expect.stringContaining("PACKAGE_EXPIRED")]);
  expect((await get(waitingId)).body).toContain("PACKAGE_NOT_READY");
  expect((await get(ready, { authorization: "nobody" })).statusCode).toBe(403);
  expect((await get(ready, { authorization: "stranger" })).statusCode).toBe(401);
});
