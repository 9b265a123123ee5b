import { randomBytes } from "node:crypto";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { describe, expect, it } from "vitest";
import { bridgeSecret } from "./bridge-secret.ts";
import { packageSignature, verifyPackageSignature } from "./package-signature.ts";
import { readSessionToken, sessionToken } from "./session-token.ts";
import type { OpenedKey, SigningKeys } from "./signing-keys.ts";

const uuid = (last: number): string => `00000000-0000-7000-8000-${String(last).padStart(12, "0")}`;
const keyOf = (id: string, tenantId = uuid(1)): OpenedKey => ({ id, tenantId, key: randomBytes(32) });
const keysOf = (...known: readonly OpenedKey[]): SigningKeys => ({
  current: async () => known[0] ?? keyOf("none"),
  byId: async (id) => known.find((key) => key.id === id),
  forget: () => undefined,
});
const now = new Date("2026-11-20T10:00:00Z");
const claims = { organizationId: uuid(1), exchangeId: uuid(2), externalSessionId: uuid(3), dispatchId: uuid(4) };
const signed = { dispatchId: uuid(4), packageId: uuid(5), format: PackageFormat.SCORM12 };

/** The text with its last character but one changed, so that the change is not in unused bits. */
const changed = (text: string): string => `${text.slice(0, -2)}${text.at(-2) === "A" ? "B" : "A"}${text.at(-1)}`;

describe("signature of a package", () => {
  it("stands for exactly one package, and for none when its key is gone", async () => {
    const key = keyOf("k1");
    const signature = packageSignature(key, signed);
    expect(signature).toMatch(/^cmp1\.k1\.[\w-]{43}$/);
    expect(await verifyPackageSignature(keysOf(key), signature, signed)).toBe(key);
    expect(await verifyPackageSignature(keysOf(), signature, signed)).toBeUndefined();
    for (const other of [
      { ...signed, dispatchId: uuid(9) },
      { ...signed, packageId: uuid(9) },
      { ...signed, format: PackageFormat.AICC },
    ]) {
      expect(await verifyPackageSignature(keysOf(key), signature, other)).toBeUndefined();
    }
  });

  it.each(["", "cmp1", "cmp1.k1", "cmp1.k1.", "cmp2.k1.x", "cmp1.k1.AAAA", "cmp1.k1.a.b"])("refuses %j", async (it) => {
    expect(await verifyPackageSignature(keysOf(keyOf("k1")), it, signed)).toBeUndefined();
  });

  it("refuses a changed hash and another spelling of the same bytes", async () => {
    const key = keyOf("k1");
    const signature = packageSignature(key, signed);
    expect(await verifyPackageSignature(keysOf(key), changed(signature), signed)).toBeUndefined();
    expect(await verifyPackageSignature(keysOf(key), `${signature}=`, signed)).toBeUndefined();
  });
});

describe("session token", () => {
  it("says whose launch it is until it is 30 days old", async () => {
    const key = keyOf("k1");
    const token = sessionToken(key, claims, now);
    const inDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
    expect(await readSessionToken(keysOf(key), token, now)).toEqual({ ...claims, key });
    expect(await readSessionToken(keysOf(key), token, inDays(29.9))).toBeDefined();
    expect(await readSessionToken(keysOf(key), token, inDays(30))).toBeUndefined();
  });

  it("is refused when anything of it was changed, or its key is another's or revoked", async () => {
    const key = keyOf("k1");
    const token = sessionToken(key, claims, now);
    const [prefix, id, payload = "", hash] = token.split(".");
    const forged = Buffer.from(JSON.stringify({ o: uuid(1), x: uuid(9), s: uuid(3), d: uuid(4), e: 9e9 }));
    for (const other of [
      "",
      `cmp1.${id}.${payload}.${hash}`,
      `${prefix}.k2.${payload}.${hash}`,
      `${prefix}.${id}.${forged.toString("base64url")}.${hash}`,
      changed(token),
      `${token}.x`,
    ]) {
      expect(await readSessionToken(keysOf(key), other, now), other).toBeUndefined();
    }
    expect(await readSessionToken(keysOf(), token, now)).toBeUndefined();
    expect(await readSessionToken(keysOf({ ...key, tenantId: uuid(7) }), token, now)).toBeUndefined();
  });
});

it("makes a bridge's secret again from the launch, and another for each launch and key", () => {
  const key = keyOf("k1");
  expect(bridgeSecret(key, uuid(2))).toBe(bridgeSecret(key, uuid(2)));
  expect(bridgeSecret(key, uuid(2))).toMatch(/^[\w-]{43}$/);
  expect(
    new Set([bridgeSecret(key, uuid(2)), bridgeSecret(key, uuid(3)), bridgeSecret(keyOf("k1"), uuid(2))]).size,
  ).toBe(3);
});
