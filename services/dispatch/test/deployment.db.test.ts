import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { present } from "@coursemesh/platform/testing/failure.ts";
import { DeploymentStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import {
  DeploymentCreatedSchema,
  DeploymentUpdatedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readLauncher } from "../src/package/launcher-files.ts";
import { addDispatch, callsOf, type DispatchHarness, refusal, startDispatch, stranger } from "./dispatch-harness.ts";
import { launcherFolder } from "./launcher-folder.ts";
import { type TestHost, testHost } from "./launching.ts";

let harness: DispatchHarness;
let host: TestHost;
let launcher: Awaited<ReturnType<typeof launcherFolder>>;
let now = new Date();
beforeAll(async () => {
  launcher = await launcherFolder();
  harness = await startDispatch({ env: { LAUNCHER_DIR: launcher.path }, now: () => now });
  host = testHost(harness);
});
afterAll(async () => {
  await host.stop();
  await harness.stop();
  await launcher.remove();
});

const calls = () => callsOf(harness).deployments;
/** Launches a learner of two courses in one LMS and of one in another, each a second after the one before. */
async function launched() {
  const dispatch = await addDispatch(harness);
  const from = await host.importPackage(dispatch, PackageFormat.SCORM2004_4TH);
  const places = [
    { origin: "https://one.example", lmsCourseId: "a" },
    { origin: "https://one.example", lmsCourseId: "b" },
    { origin: "https://two.example:8443", lmsCourseId: "a" },
  ];
  for (const place of places) {
    now = new Date(now.getTime() + 1_000);
    await host.open(host.request(from, "jane", { host: place }));
  }
  return { dispatch, from, places };
}

it("are found out by launches: an LMS and a course in it, with what was seen there", async () => {
  const { dispatch, from, places } = await launched();
  await host.open(host.request(from, "jane", { host: present(places[2]) }));
  await host.open(host.request(from, "joe", { host: present(places[2]) }));
  const { deployments } = await calls().listDeployments({ dispatchId: dispatch.id });
  expect(deployments.map((it) => [it.lmsDomain, it.lmsCourseId, it.launchCount, it.uniqueLearnerCount])).toEqual([
    ["two.example:8443", "a", 3n, 2n],
    ["one.example", "b", 1n, 1n],
    ["one.example", "a", 1n, 1n],
  ]);
  const [newest] = deployments;
  expect(newest).toMatchObject({
    format: PackageFormat.SCORM2004_4TH,
    packageId: from.packageId,
    launcherVersion: "1",
    lmsProduct: "Test LMS",
    status: DeploymentStatus.ACTIVE,
    // Both are called Doe, Jane.
    suspectedDuplicateCount: 1,
  });
  const { id } = present(newest);
  expect((await calls().getDeployment({ id })).deployment).toEqual(newest);
  const made = (await harness.announced(DeploymentCreatedSchema)).filter(
    (it) => it.deployment?.dispatchId === dispatch.id,
  );
  expect(made.map((it) => it.deployment?.launchCount)).toEqual([1n, 1n, 1n]);
});

it("are listed by words and status, in pages, and to nobody else", async () => {
  const { dispatch } = await launched();
  const dispatchId = dispatch.id;
  const found = async (wishes: { query?: string; statuses?: DeploymentStatus[] }) =>
    (await calls().listDeployments({ dispatchId, ...wishes })).deployments.map((it) => it.lmsDomain);
  expect(await found({ query: "TWO" })).toEqual(["two.example:8443"]);
  expect(await found({ statuses: [DeploymentStatus.EXPIRED, DeploymentStatus.SUSPENDED] })).toEqual([]);
  const first = await calls().listDeployments({ dispatchId, page: { pageSize: 2, withTotal: true } });
  const pageToken = present(first.page).nextPageToken;
  const rest = await calls().listDeployments({ dispatchId, page: { pageSize: 2, pageToken } });
  expect([first.deployments.length, rest.deployments.length, first.page?.total, rest.page?.nextPageToken]).toEqual([
    2,
    1,
    3n,
    "",
  ]);
  expect((await callsOf(harness, stranger).deployments.listDeployments({ dispatchId })).deployments).toEqual([]);
  await callsOf(harness).dispatches.updateDispatch({
    dispatch: { id: dispatchId, terms: { expireTime: timestampFromDate(new Date(now.getTime() + 1_000)) } },
    updateMask: { paths: ["terms.expire_time"] },
  });
  now = new Date(now.getTime() + 2_000);
  expect(await found({ statuses: [DeploymentStatus.EXPIRED] })).toHaveLength(3);
});

it("are found by results that their host has not taken, or refused, and by a launcher that is out of date", async () => {
  const dispatch = await addDispatch(harness);
  const from = await host.importPackage(dispatch, PackageFormat.SCORM12);
  /** A place whose only learner has a result there. */
  const finished = async (name: string, acknowledgement: Acknowledgement): Promise<string> => {
    await host.open(host.request(from, name, { host: { origin: `https://${name}.example` } }));
    const { deployments } = await calls().listDeployments({ dispatchId: dispatch.id, query: name });
    const { id } = present(deployments[0]);
    await harness.sql(
      "update external_session set finished_at = now(), acknowledgement = $2 where deployment_id = $1",
      [...[id, acknowledgement]],
    );
    return id;
  };
  const silent = await finished("silent", Acknowledgement.PENDING);
  const refusing = await finished("refusing", Acknowledgement.REFUSED);
  const fine = await finished("fine", Acknowledgement.ACCEPTED);
  const found = async (wishes: object) =>
    (await calls().listDeployments({ dispatchId: dispatch.id, ...wishes })).deployments.map(({ id }) => id).toSorted();
  expect(await found({ withUnacknowledged: true })).toEqual([silent, refusing].toSorted());
  expect(await found({ withRefused: true })).toEqual([refusing]);
  const { deployment } = await calls().getDeployment({ id: refusing });
  expect(deployment).toMatchObject({ unacknowledgedCount: 1n, refusedCount: 1n, launcherOutdated: true });
  const { version } = await readLauncher(launcher.path);
  await harness.sql("update deployment set launcher_version = $2 where id = $1", [fine, version]);
  expect(await found({ withOutdatedLauncher: true })).toEqual([silent, refusing].toSorted());
});

it("are changed field by field, not past somebody else's change, and not into one another", async () => {
  const { dispatch } = await launched();
  const { deployments } = await calls().listDeployments({ dispatchId: dispatch.id, query: "one.example" });
  const [b] = deployments;
  const { id, etag } = present(b);
  const update = (fields: object, ...paths: string[]) =>
    calls().updateDeployment({ deployment: { id, ...fields }, updateMask: { paths } });
  const { deployment } = await update({ etag, notes: "call Ann", status: DeploymentStatus.SUSPENDED }, "notes");
  expect(deployment).toMatchObject({ notes: "call Ann", status: DeploymentStatus.ACTIVE });
  expect(await refusal(update({ etag, notes: "x" }, "notes"))).toBe("ETAG_MISMATCH");
  expect(await refusal(update({ status: DeploymentStatus.EXPIRED }, "status"))).toBe("FIELD_INVALID");
  expect(await refusal(update({ lmsCourseId: "a" }, "lms_course_id"))).toBe("FIELD_INVALID");
  expect(await refusal(update({ lmsDomain: "x" }, "lms_domain"))).toBe("FIELD_INVALID");
  await update({ lmsCourseId: "Fire safety" }, "lms_course_id");
  const { deployments: byName } = await calls().listDeployments({ dispatchId: dispatch.id, query: "fire" });
  expect(byName.map((it) => it.id)).toEqual([id]);
  const changed = (await harness.announced(DeploymentUpdatedSchema)).filter((it) => it.deployment?.id === id);
  expect(changed).toHaveLength(2);
  expect(await refusal(calls().getDeployment({ id: uuidV7() }))).toBe("DEPLOYMENT_NOT_FOUND");
  expect(await refusal(callsOf(harness, stranger).deployments.getDeployment({ id }))).toBe("DEPLOYMENT_NOT_FOUND");
});
