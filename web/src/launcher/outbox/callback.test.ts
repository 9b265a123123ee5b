import { expect, it } from "vitest";
import { signedCallback } from "./callback.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const base64 = (buffer: ArrayBuffer | Uint8Array) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

async function hash(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function sign(text: string, secret: string): Promise<string> {
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return base64(await crypto.subtle.sign("HMAC", key, bytes(text)));
}

it("signs a callback as the server checks it", async () => {
  const result = {
    completion: "completed",
    success: "passed",
    scoreRaw: 92.5,
    totalSeconds: 61,
    location: "übung 3",
  } as const;
  const cmi = { "cmi.core.lesson_status": "passed" };
  const time = Date.UTC(2026, 10, 20, 14, 32, 5, 7);
  const signed = signedCallback({ sequence: 4, kind: "COMMIT", time, result, cmi }, "cms1.k.p.s", "secret");
  const canonical = [
    "v1",
    "cms1.k.p.s",
    "4",
    "COMMIT",
    "2026-11-20T14:32:05.007Z",
    await hash('[3,2,92.5,null,null,null,61,"übung 3",""]'),
    await hash(JSON.stringify(cmi)),
  ].join("\n");
  expect(signed).toEqual({
    sessionToken: "cms1.k.p.s",
    sequence: "4",
    kind: "CALLBACK_KIND_COMMIT",
    time: "2026-11-20T14:32:05.007Z",
    result: { completion: 3, success: 2, scoreRaw: 92.5, totalSeconds: "61", location: "übung 3" },
    cmiJson: base64(bytes(JSON.stringify(cmi))),
    signature: await sign(canonical, "secret"),
  });
});

it("leaves the result's line empty when there is none", async () => {
  const callback = { sequence: 1, kind: "INITIALIZE", time: 0, result: undefined, cmi: {} } as const;
  const { signature, result } = signedCallback(callback, "t", "s");
  const canonical = `v1\nt\n1\nINITIALIZE\n1970-01-01T00:00:00.000Z\n\n${await hash("{}")}`;
  expect(signature).toBe(await sign(canonical, "s"));
  expect(result).toBeUndefined();
});
