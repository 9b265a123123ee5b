import { createHash } from "node:crypto";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import {
  PackageDownloadedSchema,
  PackageFailedSchema,
  PackageGeneratedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { type Package, PackageFormat, PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sweepPackages } from "../src/package/sweep-packages.ts";
import {
  addDestination,
  addDispatch,
  callsOf,
  type DispatchHarness,
  refusal,
  refusalFacts,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";
import type { FakeContent } from "./fake-content.ts";
import { launcherFolder } from "./launcher-folder.ts";

let harness: DispatchHarness;
let launcher: Awaited<ReturnType<typeof launcherFolder>>;
let content: FakeContent;
let now = new Date("2026-11-20T10:00:00Z");
beforeAll(async () => {
  launcher = await launcherFolder();
  harness = await startDispatch({ env: { LAUNCHER_DIR: launcher.path }, now: () => now });
  content = harness.content;
});
beforeEach(() => {
  now = new Date("2026-11-20T10:00:00Z");
});
afterAll(async () => {
  await harness.stop();
  await launcher.remove();
});

const calls = () => callsOf(harness).packages;
const { SCORM12, SCORM2004_4TH, AICC, CMI5 } = PackageFormat;

type Of = { readonly dispatchId: string } | { readonly destinationId: string };
const ofCase = (of: Of) =>
  "dispatchId" in of
    ? ({ case: "dispatchId", value: of.dispatchId } as const)
    : ({ case: "destinationId", value: of.destinationId } as const);

async function request(of: Of, format: PackageFormat = SCORM12, requestId = uuidV7(), cssUrl = ""): Promise<Package> {
  const made = await calls().createPackage({ requestId, of: ofCase(of), format, cssUrl });
  if (made.package === undefined) throw new Error("no package was made");
  return made.package;
}

async function settled({ id }: Package): Promise<Package> {
  const read = async () => (await calls().getPackage({ id })).package;
  await expect.poll(read, { timeout: 10_000 }).toSatisfy((it) => it?.state !== undefined && it.state >= 3);
  const found = await read();
  if (found === undefined) throw new Error("the package is gone");
  return found;
}

const make = async (of: Of, format: PackageFormat = SCORM12) => settled(await request(of, format));

async function download(id: string, offset = 0, length = 0, downloadId = uuidV7()) {
  const chunks: Uint8Array[] = [];
  let header: { filename: string; sizeBytes: bigint; etag: string } | undefined;
  const part = { id, downloadId, offset: BigInt(offset), length: BigInt(length) };
  for await (const message of calls().downloadPackage(part)) {
    if (message.part.case === "header") header = message.part.value;
    if (message.part.case === "chunk") chunks.push(message.part.value);
  }
  return { header, bytes: Buffer.concat(chunks) };
}

const countOf = async (id: string): Promise<bigint> => (await calls().getPackage({ id })).package?.downloadCount ?? -1n;

describe("creating", () => {
  it("generates a package that carries its own id and can be read back", async () => {
    const { id: dispatchId } = await addDispatch(harness, { name: "Fire safety: part 1" });
    const waiting = await request({ dispatchId });
    expect(waiting).toMatchObject({ state: PackageState.WAITING, cached: false, format: SCORM12 });
    const ready = await settled(waiting);
    expect(ready).toMatchObject({ state: PackageState.READY, filename: "Fire-safety-part-1-scorm12.zip", error: "" });
    expect(ready.signingKeyId).not.toBe("");
    expect(ready.launcherVersion).toMatch(/^[0-9a-f]{12}$/);
    const { header, bytes } = await download(ready.id);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(ready.sha256);
    expect(header).toMatchObject({ etag: `"${ready.sha256}"`, sizeBytes: BigInt(bytes.length) });
    const events = await harness.announced(PackageGeneratedSchema);
    expect(events.map((it) => it.package?.id)).toContain(ready.id);
  });

  it("gives the same package for the same request and for the same settings, and another for others", async () => {
    const { id: dispatchId } = await addDispatch(harness);
    const requestId = uuidV7();
    const first = await request({ dispatchId }, SCORM12, requestId);
    await settled(first);
    expect(await request({ dispatchId }, SCORM12, requestId)).toMatchObject({ id: first.id, cached: false });
    expect(await request({ dispatchId })).toMatchObject({ id: first.id, cached: true, state: PackageState.READY });
    expect(await refusal(request({ dispatchId }, AICC, requestId))).toBe("REQUEST_ID_REUSED");
    const others = [
      await request({ dispatchId }, AICC),
      await request({ dispatchId }, SCORM12, uuidV7(), "https://a.test/x.css"),
    ];
    await callsOf(harness).dispatches.updateDispatch({
      dispatch: { id: dispatchId, name: "Renamed" },
      updateMask: { paths: ["name"] },
    });
    others.push(await request({ dispatchId }));
    expect(new Set([first.id, ...others.map(({ id }) => id)]).size).toBe(4);
  });

  it("makes one package of many requests at once", async () => {
    const { id: dispatchId } = await addDispatch(harness);
    const made = await Promise.all(Array.from({ length: 8 }, () => request({ dispatchId })));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made.filter(({ cached }) => !cached)).toHaveLength(1);
  });

  it("makes a new package once the launcher was built anew or the key was rotated", async () => {
    const { id: dispatchId } = await addDispatch(harness);
    const first = await make({ dispatchId });
    await launcher.build("void 2;\n");
    const second = await make({ dispatchId });
    expect(second.launcherVersion).not.toBe(first.launcherVersion);
    await callsOf(harness).signingKeys.rotateSigningKey({ requestId: uuidV7() });
    const third = await make({ dispatchId });
    expect(third.signingKeyId).not.toBe(second.signingKeyId);
    expect(new Set([first.sha256, second.sha256, third.sha256]).size).toBe(3);
  });

  it("says in one sentence that the launcher is not there, and works again when it is", async () => {
    const { id: dispatchId } = await addDispatch(harness);
    await launcher.clear();
    const failed = await make({ dispatchId });
    expect(failed.state).toBe(PackageState.FAILED);
    expect(failed.error).toContain("launcher.js");
    expect((await harness.announced(PackageFailedSchema)).map((it) => it.package?.id)).toContain(failed.id);
    expect(await refusalFacts(download(failed.id))).toEqual({ id: failed.id, state: "FAILED" });
    // An AICC package has no page of its own.
    expect((await make({ dispatchId }, AICC)).state).toBe(PackageState.READY);
    await launcher.build("void 3;\n");
    expect((await make({ dispatchId })).state).toBe(PackageState.READY);
  });

  it("refuses formats that do not exist yet and dispatches of others", async () => {
    const { id: dispatchId } = await addDispatch(harness);
    const call = calls().createPackage({ requestId: uuidV7(), of: ofCase({ dispatchId }), format: CMI5 });
    expect(await refusalFacts(call)).toEqual({ format: "5", supported: "SCORM12, SCORM2004_3RD, SCORM2004_4TH, AICC" });
    const foreign = callsOf(harness, stranger).packages;
    const theirs = { requestId: uuidV7(), of: ofCase({ dispatchId }), format: SCORM12 };
    expect(await refusal(foreign.createPackage(theirs))).toBe("DISPATCH_NOT_FOUND");
    const { id } = await make({ dispatchId });
    expect(await refusal(foreign.getPackage({ id }))).toBe("PACKAGE_NOT_FOUND");
    expect((await foreign.listPackages({})).packages).toEqual([]);
  });
});

describe("downloading", () => {
  it("counts all parts and repeats of one download once, when the last byte was sent", async () => {
    const dispatch = await addDispatch(harness);
    const { id, sizeBytes } = await make({ dispatchId: dispatch.id });
    const [size, downloadId] = [Number(sizeBytes), uuidV7()];
    const first = await download(id, 0, 1000, downloadId);
    expect(await countOf(id)).toBe(0n);
    const rest = await download(id, 1000, 0, downloadId);
    expect(await countOf(id)).toBe(1n);
    const again = await download(id, 0, 0, downloadId);
    expect(Buffer.concat([first.bytes, rest.bytes])).toEqual(again.bytes);
    expect((await download(id, size - 1, 5, downloadId)).bytes).toHaveLength(1);
    expect(await countOf(id)).toBe(1n);
    await Promise.all([download(id), download(id)]);
    expect(await countOf(id)).toBe(3n);
    const { dispatch: after } = await callsOf(harness).dispatches.getDispatch({
      by: { case: "id", value: dispatch.id },
    });
    expect(after?.summary?.downloadCount).toBe(3n);
    const events = await harness.announced(PackageDownloadedSchema);
    expect(events.filter((it) => it.packageId === id)).toHaveLength(3);
    expect(await refusalFacts(download(id, size))).toEqual({ size_bytes: String(size) });
  });

  it("does not count a download that breaks off", async () => {
    const { id: dispatchId } = await addDispatch(harness);
    const { id } = await make({ dispatchId });
    const request = { id, downloadId: uuidV7(), offset: 0n, length: 0n };
    const stop = new AbortController();
    for await (const message of calls().downloadPackage(request, { signal: stop.signal }))
      if (message.part.case === "header") break;
    stop.abort();
    await expect
      .poll(async () => (await harness.sql("select failed_download_count from package where id = $1", [id]))[0])
      .toEqual({ failed_download_count: "1" });
    expect(await countOf(id)).toBe(0n);
  });

  it("is refused when the dispatch has expired or is full, but a download that began goes on", async () => {
    const expireTime = timestampFromDate(new Date(now.getTime() + 60_000));
    const { id: dispatchId } = await addDispatch(harness, { terms: { expireTime, usageLimit: 2 } });
    const { id } = await make({ dispatchId });
    const downloadId = uuidV7();
    await download(id, 0, 10, downloadId);
    await harness.sql("update licence_usage set used = 2 where subject_id = $1", [dispatchId]);
    expect(await refusalFacts(download(id))).toEqual({ dispatch_id: dispatchId, usage_limit: "2" });
    now = new Date(now.getTime() + 60_000);
    expect(await refusal(download(id))).toBe("PACKAGE_EXPIRED");
    expect((await download(id, 10, 0, downloadId)).bytes.length).toBeGreaterThan(0);
    now = new Date(now.getTime() + 2 * 60 * 60 * 1000);
    expect(await refusal(download(id, 10, 0, downloadId))).toBe("PACKAGE_EXPIRED");
  });

  it("is refused when the destination has expired", async () => {
    const expireTime = timestampFromDate(new Date(now.getTime() + 60_000));
    const { id: destinationId } = await addDestination(harness, { terms: { expireTime } });
    const { id: dispatchId } = await addDispatch(harness, { destinationId });
    const { id } = await make({ dispatchId });
    now = new Date(now.getTime() + 60_000);
    expect(await refusal(download(id))).toBe("PACKAGE_EXPIRED");
  });
});

describe("revoking", () => {
  it("makes one package useless for ever, and the next request a new one", async () => {
    const { id: dispatchId } = await addDispatch(harness);
    const first = await make({ dispatchId });
    await calls().revokePackage({ id: first.id });
    await calls().revokePackage({ id: first.id });
    await calls().revokePackage({ id: uuidV7() });
    expect((await calls().getPackage({ id: first.id })).package?.revoked).toBe(true);
    expect(await refusalFacts(download(first.id))).toEqual({ id: first.id, state: "REVOKED" });
    const second = await make({ dispatchId });
    expect([second.id === first.id, second.revoked]).toEqual([false, false]);
  });

  it("follows the dispatch's packages and the key", async () => {
    const { id: dispatchId } = await addDispatch(harness);
    const first = await make({ dispatchId });
    await harness.sql("update dispatch set packages_revoked_before = now() + interval '1 s' where id = $1", [
      dispatchId,
    ]);
    expect((await calls().getPackage({ id: first.id })).package?.revoked).toBe(true);
    await harness.sql("update dispatch set packages_revoked_before = null where id = $1", [dispatchId]);
    const keys = callsOf(harness).signingKeys;
    expect(await refusal(keys.revokeSigningKey({ id: first.signingKeyId }))).toBe("SIGNING_KEY_CURRENT");
    await keys.rotateSigningKey({ requestId: uuidV7() });
    await keys.revokeSigningKey({ id: first.signingKeyId });
    expect((await calls().getPackage({ id: first.id })).package?.revoked).toBe(true);
  });
});

describe("archive of a destination", () => {
  it("holds a package of each dispatch that may be given away, and counts for all of them", async () => {
    const { id: destinationId } = await addDestination(harness, { name: "Müller & Co" });
    const [one, two] = [
      await addDispatch(harness, { destinationId, name: "Same" }),
      await addDispatch(harness, { destinationId, name: "same" }),
    ];
    const expireTime = timestampFromDate(new Date(now.getTime() - 1));
    await addDispatch(harness, { destinationId, name: "Gone", terms: { expireTime } });
    const known = await make({ dispatchId: one.id }, SCORM2004_4TH);
    const archive = await make({ destinationId }, SCORM2004_4TH);
    expect(archive).toMatchObject({ state: PackageState.READY, filename: "Müller-Co-scorm2004-4th-packages.zip" });
    const { files, findings } = await calls().inspectPackage({ id: archive.id });
    expect(files.map(({ path }) => path)).toEqual(["Same-scorm2004-4th.zip", "same-scorm2004-4th-2.zip"]);
    expect(files.map(({ sha256 }) => sha256)).toContain(known.sha256);
    expect(findings).toEqual([]);
    await download(archive.id);
    expect([await countOf(archive.id), await countOf(known.id)]).toEqual([1n, 1n]);
    const { packages } = await calls().listPackages({ dispatchId: two.id });
    expect(packages.map((it) => [it.state, it.downloadCount])).toEqual([[PackageState.READY, 1n]]);
    await calls().revokePackage({ id: archive.id });
    expect((await calls().getPackage({ id: known.id })).package?.revoked).toBe(true);
  });

  it("says when there is nothing to give away", async () => {
    const { id: destinationId } = await addDestination(harness);
    const archive = await make({ destinationId });
    expect(archive).toMatchObject({ state: PackageState.FAILED });
    expect(archive.error).toContain("No dispatch");
    expect(await refusal(request({ destinationId: uuidV7() }))).toBe("DESTINATION_NOT_FOUND");
  });
});

it("inspects a package with what the importer says of it", async () => {
  const { id: dispatchId } = await addDispatch(harness);
  const { id } = await make({ dispatchId });
  const good = await calls().inspectPackage({ id });
  expect(good.findings).toEqual([]);
  expect(good.files.slice(0, 2).map(({ path }) => path)).toEqual(["imsmanifest.xml", "index.html"]);
  expect(good.files.every(({ sizeBytes, sha256 }) => sizeBytes > 0n && sha256.length === 64)).toBe(true);
  content.findings = [{ title: "Something is odd", file: "imsmanifest.xml", line: 3 }, { title: "All of it" }];
  expect((await calls().inspectPackage({ id })).findings).toEqual([
    "imsmanifest.xml, line 3: Something is odd",
    "All of it",
  ]);
  content.findings = [];
  const aicc = await make({ dispatchId }, AICC);
  expect((await calls().inspectPackage({ id: aicc.id })).findings).toEqual([]);
});

it("lists packages of a dispatch or a destination by pages, newest first", async () => {
  const { id: destinationId } = await addDestination(harness);
  const { id: dispatchId } = await addDispatch(harness, { destinationId });
  const made: string[] = [];
  for (const format of [SCORM12, AICC, SCORM2004_4TH]) made.unshift((await request({ dispatchId }, format)).id);
  const page = { pageSize: 2, pageToken: "", withTotal: true };
  const first = await calls().listPackages({ destinationId, page });
  expect(first.page?.total).toBe(3n);
  const second = await calls().listPackages({
    destinationId,
    page: { ...page, pageToken: first.page?.nextPageToken ?? "" },
  });
  expect([...first.packages, ...second.packages].map(({ id }) => id)).toEqual(made);
  const { packages } = await calls().listPackages({ dispatchId, formats: [AICC] });
  expect(packages.map(({ id }) => id)).toEqual([made[1]]);
});

it("removes the files of packages that went with their dispatch", async () => {
  const { id } = await addDispatch(harness);
  const made = await make({ dispatchId: id });
  const [row] = await harness.sql<{ blob_hash: string }>("select blob_hash from package where id = $1", [made.id]);
  const blob = row?.blob_hash ?? "";
  const { blobs } = harness.mesh.deps;
  await callsOf(harness).dispatches.deleteDispatch({ id });
  expect(await blobs.stat(blob)).toBeGreaterThan(0);
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({ connectionString: harness.test.urlOf("dispatch"), max: 1 });
  await sweepPackages({ pool: () => pool, blobs });
  await pool.end();
  expect(await blobs.stat(blob)).toBeUndefined();
});
