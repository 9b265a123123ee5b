import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { deriveKey } from "@coursemesh/platform/secrets/seal.ts";
import { TEST_SECRET } from "@coursemesh/platform/testing/test-database.ts";
import { personCaller } from "@coursemesh/platform/testing/test-mesh.ts";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signingKeys } from "../src/signing_key/signing-keys.ts";
import { callsOf, type DispatchHarness, refusal, startDispatch } from "./dispatch-harness.ts";

let harness: DispatchHarness;
let pool: pg.Pool;
beforeAll(async () => {
  harness = await startDispatch({ env: { DISPATCH_WORKERS: "0" } });
  pool = new pg.Pool({ connectionString: harness.test.urlOf("dispatch"), max: 4 });
});
afterAll(async () => {
  await pool.end();
  await harness.stop();
});

/** An organization of its own, with its calls and the keys as another process has them. */
function organization() {
  const caller = personCaller(uuidV7());
  const keys = signingKeys({ pool: () => pool, sealKey: deriveKey(TEST_SECRET, "dispatch"), now: () => new Date() });
  return { caller, tenantId: caller.organizationId, calls: callsOf(harness, caller).signingKeys, keys };
}

it("makes an organization's first key once, however many ask for it at once", async () => {
  const { keys, tenantId, calls } = organization();
  const asked = await Promise.all(Array.from({ length: 6 }, () => keys.current(tenantId)));
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  expect(asked[0]?.key).toHaveLength(32);
  const { signingKeys: listed } = await calls.listSigningKeys({});
  expect(listed.map(({ id, current, revoked }) => [id, current, revoked])).toEqual([[asked[0]?.id, true, false]]);
  const [stored] = await harness.sql<{ sealed: string }>("select sealed from signing_key where tenant_id = $1", [
    tenantId,
  ]);
  expect(stored?.sealed).not.toContain(asked[0]?.key.toString("base64url"));
});

it("rotates once for each request; the old key goes on until it is revoked", async () => {
  const { keys, tenantId, calls } = organization();
  const old = await keys.current(tenantId);
  const requestId = uuidV7();
  const made = await Promise.all(Array.from({ length: 4 }, () => calls.rotateSigningKey({ requestId })));
  const id = made[0]?.signingKey?.id ?? "";
  expect(new Set(made.map(({ signingKey }) => signingKey?.id))).toEqual(new Set([id]));
  keys.forget();
  expect((await keys.current(tenantId)).id).toBe(id);
  expect((await keys.byId(old.id))?.key).toEqual(old.key);
  const { signingKeys: listed } = await calls.listSigningKeys({ page: { pageSize: 10, withTotal: true } });
  expect(listed.map((it) => [it.id, it.current, it.lastUseTime !== undefined])).toEqual([
    [id, true, false],
    [old.id, false, true],
  ]);
});

it("revokes what no longer signs, for every process, and only an organization's own", async () => {
  const { keys, tenantId, calls } = organization();
  const { id } = await keys.current(tenantId);
  expect(await refusal(calls.revokeSigningKey({ id }))).toBe("SIGNING_KEY_CURRENT");
  await calls.rotateSigningKey({ requestId: uuidV7() });
  expect(await refusal(organization().calls.revokeSigningKey({ id }))).toBe("SIGNING_KEY_NOT_FOUND");
  const { signingKey } = await calls.revokeSigningKey({ id });
  const again = await calls.revokeSigningKey({ id });
  expect(again.signingKey?.revokeTime).toEqual(signingKey?.revokeTime);
  keys.forget();
  expect(await keys.byId(id)).toBeUndefined();
});

it("lists keys by pages, newest first", async () => {
  const { calls } = organization();
  const made = [(await calls.listSigningKeys({})).signingKeys[0]?.id];
  for (let turn = 0; turn < 2; turn += 1)
    made.unshift((await calls.rotateSigningKey({ requestId: uuidV7() })).signingKey?.id);
  const first = await calls.listSigningKeys({ page: { pageSize: 2, withTotal: true } });
  const rest = await calls.listSigningKeys({ page: { pageSize: 2, pageToken: first.page?.nextPageToken ?? "" } });
  expect([...first.signingKeys, ...rest.signingKeys].map(({ id }) => id)).toEqual(made);
  expect(first.page?.total).toBe(3n);
});
