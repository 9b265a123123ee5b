import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { create } from "@bufbuild/protobuf";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import { CallerKind, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Bff } from "../../app.ts";
import { fakeLrs } from "../../testing/fake-lrs.ts";
import { testBff } from "../../testing/test-bff.ts";
import { readMultipart } from "./read-multipart.ts";

const sha2 = (letter: string): string => letter.repeat(64);
const statement = '{"id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee"}';
const TYPE = "multipart/mixed; boundary=abc";

/** A body of parts, each its header lines and its content. */
function multipart(...parts: readonly (readonly [string[], string | Buffer])[]): Buffer {
  const pieces = parts.flatMap(([headers, content]) => [
    Buffer.from(`--abc\r\n${headers.map((line) => `${line}\r\n`).join("")}\r\n`),
    Buffer.from(content),
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...pieces, Buffer.from("--abc--\r\n")]);
}
const json = [["Content-Type: application/json"], statement] as const satisfies [string[], string];
const file = (content: string | Buffer, hash = sha2("a")): [string[], string | Buffer] => [
  ["Content-Type: text/plain", "Content-Transfer-Encoding: binary", `X-Experience-API-Hash: ${hash}`],
  content,
];

async function partsOf(body: Buffer, size: number): Promise<[string[], string][]> {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
  }
  const parts: [string[], string][] = [];
  for await (const { headers, body: content } of readMultipart(chunks(), "abc", 10_000)) {
    const pieces: Buffer[] = [];
    for await (const piece of content) pieces.push(piece);
    parts.push([[...headers].map((pair) => pair.join("=")), Buffer.concat(pieces).toString()]);
  }
  return parts;
}

it("reads parts however they are cut into chunks", async () => {
  const body = Buffer.concat([
    Buffer.from("preamble\r\n"),
    multipart([["A: 1", "b:2"], "--x\r\n--ab\r\n"], [[], ""], [[], "\r\n"], [["C: 3"], "--abd"]),
    Buffer.from("epilogue"),
  ]);
  for (let size = 1; size <= body.length; size++)
    expect(await partsOf(body, size)).toEqual([
      [["a=1", "b=2"], "--x\r\n--ab\r\n"],
      [[], ""],
      [[], "\r\n"],
      [["c=3"], "--abd"],
    ]);
});

it.each([
  ["no boundary", "text"],
  ["no end", "--abc\r\n\r\ntext"],
  ["an end in a boundary", "--abc"],
  ["headers without end", `--abc\r\n${"A: b\r\n".repeat(3_000)}`],
  ["a header without a name", "--abc\r\nx\r\n\r\n\r\n--abc--"],
  ["text behind a boundary", "--abcd\r\n\r\n\r\n--abc--"],
  ["an endless preamble", "x".repeat(9_000)],
  ["too many bytes", `--abc\r\n\r\n${"x".repeat(10_000)}\r\n--abc--`],
])("refuses a body with %s", async (_, body) => {
  await expect(partsOf(Buffer.from(body), 100)).rejects.toThrow();
});

const lrs = fakeLrs();
let bff: Bff;
beforeAll(async () => {
  const everything = { kind: CallerKind.API_KEY, id: "k", organizationId: "o", permissions: [...ALL_PERMISSIONS] };
  bff = await testBff({
    fakes: lrs.services,
    callers: { "Basic all": create(CallerSchema, everything) },
    env: { XAPI_JSON_LIMIT: "2000", XAPI_MULTIPART_LIMIT: "8000000" },
  });
});
beforeEach(() => lrs.reset());
afterAll(() => bff.stop());

const HEADERS = { authorization: "Basic all", "x-experience-api-version": "2.0.0" };
const post = (payload: Buffer | Readable, contentType = TYPE) =>
  bff.web.inject({
    method: "POST",
    url: "/xapi/statements",
    headers: { ...HEADERS, "content-type": contentType },
    payload,
  });

it.each([
  ["XAPI-00127", "multipart/form-data; boundary=abc", multipart(json)],
  ["XAPI-00130", "multipart/mixed", multipart(json)],
  ["XAPI-00131", TYPE, Buffer.from(statement)],
  ["XAPI-00132", TYPE, multipart([["Content-Type: text/plain"], statement])],
  ["XAPI-00134", TYPE, multipart(json, [["Content-Transfer-Encoding: binary"], "x"])],
  ["XAPI-00134", TYPE, multipart(json, file("x", "no-hash"))],
  ["XAPI-00135", TYPE, multipart(json, [[`X-Experience-API-Hash: ${sha2("a")}`], "x"])],
])("%s: refuses what is no statement with its attachments", async (requirement, contentType, body) => {
  const answer = await post(body, contentType);
  expect([answer.statusCode, answer.json(), lrs.stored]).toMatchObject([400, { error: { requirement } }, []]);
});

it("hands attachments on with their statement, and gives them back", async () => {
  const binary = Buffer.from([0, 13, 10, 45, 45, 255]);
  const body = multipart(json, file("hello"), file(binary, sha2("B")));
  expect((await post(body, 'Multipart/Mixed; charset=utf-8; boundary="abc"')).statusCode).toBe(200);
  expect(lrs.stored[0]).toMatchObject({
    attachments: [
      { sha2: sha2("a"), contentType: "text/plain", sizeBytes: 5n },
      { sha2: sha2("b"), sizeBytes: 6n },
    ],
  });

  const answer = await bff.web.inject({ url: "/xapi/statements?attachments=true", headers: HEADERS });
  const boundary = /^multipart\/mixed; boundary=(\S+)$/.exec(String(answer.headers["content-type"]))?.[1] ?? "";
  const parts = readMultipart(Readable.from([answer.rawPayload]), boundary, 100_000);
  const seen: unknown[] = [];
  for await (const { headers, body: content } of parts) {
    const pieces: Buffer[] = [];
    for await (const piece of content) pieces.push(piece);
    seen.push([headers.get("content-type"), headers.get("x-experience-api-hash"), Buffer.concat(pieces)]);
  }
  expect(seen).toEqual([
    ["application/json", undefined, Buffer.from(`{"statements":[${statement}],"more":""}`)],
    ["text/plain", sha2("a"), Buffer.from("hello")],
    ["text/plain", sha2("b"), binary],
  ]);
});

it("sends large attachments ahead in chunks, and streams them back", async () => {
  const large = Buffer.alloc(3_000_000, "x");
  const answer = await post(multipart(json, file("small"), file(large, sha2("c"))));
  expect(answer.statusCode).toBe(200);
  expect(lrs.stored[0]?.attachments[1]).toMatchObject({
    sha2: sha2("c"),
    content: new Uint8Array(),
    sizeBytes: 3_000_000n,
  });
  expect(lrs.uploads.get(sha2("c"))).toEqual(large);
  expect(Math.max(...lrs.chunkSizes)).toBeLessThanOrEqual(1024 * 1024);

  const back = await bff.web.inject({ url: "/xapi/statements?attachments=true", headers: HEADERS });
  expect(back.rawPayload.includes(large)).toBe(true);
});

it("XAPI-00328: refuses statements and bodies that are too large with 413", async () => {
  const long: [string[], string] = [["Content-Type: application/json"], `{"a":"${"x".repeat(2_000)}"}`];
  expect((await post(multipart(long))).statusCode).toBe(413);
  const endless = Readable.from(
    (function* () {
      yield multipart(json).subarray(0, -"--abc--\r\n".length);
      yield Buffer.from(`--abc\r\nX-Experience-API-Hash: ${sha2("d")}\r\nContent-Transfer-Encoding: binary\r\n\r\n`);
      for (;;) yield Buffer.alloc(100_000);
    })(),
  );
  const answer = await post(endless);
  endless.destroy();
  expect([answer.statusCode, lrs.stored]).toEqual([413, []]);
});

it("takes a document of that type whole", async () => {
  const path = `/xapi/activities/state?activityId=a:b&agent=%7B%7D&stateId=${randomUUID()}`;
  const headers = { ...HEADERS, "content-type": TYPE };
  expect((await bff.web.inject({ method: "PUT", url: path, headers, payload: "anything" })).statusCode).toBe(204);
  const answer = await bff.web.inject({ url: path, headers: HEADERS });
  expect([answer.headers["content-type"], answer.body]).toEqual([TYPE, "anything"]);
});
