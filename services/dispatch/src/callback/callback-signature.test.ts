import { createHash, createHmac } from "node:crypto";
import { clone, create, fromJson, type JsonValue } from "@bufbuild/protobuf";
import { AcceptCallbackRequestSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import { expect, it } from "vitest";
import { callbackSignature, isSignedWith } from "./callback-signature.ts";
import { canonicalCallback } from "./canonical-callback.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** What a page sends, and the text it signs. */
const vectors: readonly (readonly [name: string, sent: JsonValue, canonical: readonly string[]])[] = [
  [
    "a commit with a result",
    {
      sessionToken: "cms1.k.p.s",
      sequence: "4",
      kind: "CALLBACK_KIND_COMMIT",
      time: "2026-11-20T14:32:05.007Z",
      result: { completion: 3, success: 2, scoreRaw: 92.5, totalSeconds: "61", location: "übung 3" },
      cmiJson: base64('{"cmi.core.lesson_status":"passed"}'),
    },
    [
      ...["v1", "cms1.k.p.s", "4", "COMMIT", "2026-11-20T14:32:05.007Z"],
      sha256('[3,2,92.5,null,null,null,61,"übung 3",""]'),
      sha256('{"cmi.core.lesson_status":"passed"}'),
    ],
  ],
  [
    "nothing but what has to be",
    { sessionToken: "t", sequence: "1", kind: "CALLBACK_KIND_INITIALIZE" },
    ["v1", "t", "1", "INITIALIZE", "", "", sha256("")],
  ],
  [
    "a result with everything",
    {
      sessionToken: "t",
      sequence: "9007199254740991",
      kind: "CALLBACK_KIND_TERMINATE",
      time: "1970-01-01T00:00:00Z",
      result: {
        ...{
          completion: "COMPLETION_INCOMPLETE",
          success: "SUCCESS_FAILED",
          scoreRaw: 0,
          scoreMin: -1,
          scoreMax: 1e21,
        },
        ...{ scoreScaled: -0.5, totalSeconds: "3600", time: "2026-01-02T03:04:05Z" },
      },
      cmiJson: base64("{}"),
    },
    [
      ...["v1", "t", "9007199254740991", "TERMINATE", "1970-01-01T00:00:00.000Z"],
      sha256('[2,3,0,-1,1e+21,-0.5,3600,"","2026-01-02T03:04:05.000Z"]'),
      sha256("{}"),
    ],
  ],
];

it.each(vectors)("signs %s over the text that pages sign", (_, sent, canonical) => {
  const request = fromJson(AcceptCallbackRequestSchema, sent);
  expect(canonicalCallback(request).split("\n")).toEqual(canonical);
  const signature = createHmac("sha256", "secret").update(canonical.join("\n")).digest();
  expect(callbackSignature("secret", request)).toEqual(signature);
  request.signature = signature;
  expect(isSignedWith("secret", request)).toBe(true);
});

it("finds any change", () => {
  const [, sent = {}] = vectors[2] ?? [];
  const request = fromJson(AcceptCallbackRequestSchema, sent);
  request.signature = callbackSignature("secret", request);
  const changes = [
    { sessionToken: "u" },
    { sequence: 2n },
    { kind: 1 },
    { cmiJson: Buffer.from("{} ") },
    { signature: request.signature.subarray(1) },
    { signature: new Uint8Array(0) },
    { signature: new Uint8Array(32) },
  ];
  for (const change of changes) {
    const changed = Object.assign(clone(AcceptCallbackRequestSchema, request), change);
    expect(isSignedWith("secret", changed), Object.keys(change).join()).toBe(false);
  }
  const { time: _, ...timeless } = request;
  expect(isSignedWith("secret", create(AcceptCallbackRequestSchema, timeless))).toBe(false);
  const { result: __, ...unresulted } = request;
  expect(isSignedWith("secret", create(AcceptCallbackRequestSchema, unresulted))).toBe(false);
  expect(isSignedWith("another", request)).toBe(false);
  expect(isSignedWith("secret", request)).toBe(true);
});
