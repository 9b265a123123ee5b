import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { DestinationOrder, DestinationSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import {
  DestinationCreatedSchema,
  DestinationDeletedSchema,
  DestinationUpdatedSchema,
  DispatchDeletedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { StatusMapping } from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import { UsageRule } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  addDestination,
  addDispatch,
  callsOf,
  type DispatchHarness,
  refusal,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";

let harness: DispatchHarness;
beforeAll(async () => {
  harness = await startDispatch();
});
afterAll(() => harness.stop());

const calls = () => callsOf(harness).destinations;

it("makes a destination once per request and announces it once", async () => {
  const requestId = uuidV7();
  const destination = create(DestinationSchema, {
    name: " ACME ",
    tags: ["Retail", "retail", " EU "],
    terms: { usageLimit: 100, allowedDomains: ["https://LMS.Example.com/course", "*.acme.test"] },
    branding: { logoUrl: "https://acme.test/logo.svg" },
    hostOptions: { statusMapping: StatusMapping.BOTH },
  });
  const first = await calls().createDestination({ requestId, destination });
  const again = await calls().createDestination({ requestId, destination });
  expect(again.destination?.id).toBe(first.destination?.id);
  expect(first.destination).toMatchObject({
    name: "ACME",
    externalId: first.destination?.id,
    tags: ["Retail", "EU"],
    enabled: true,
    terms: {
      usageRule: UsageRule.LIMITED,
      usageLimit: 100,
      allowNewRegistrations: true,
      allowedDomains: ["lms.example.com", "*.acme.test"],
    },
    branding: { logoUrl: "https://acme.test/logo.svg" },
    hostOptions: { statusMapping: StatusMapping.BOTH },
    summary: { dispatchCount: 0, usage: { used: 0n }, launchCount: 0n },
  });
  const announced = await harness.announced(DestinationCreatedSchema);
  expect(announced.filter((event) => event.destination?.id === first.destination?.id)).toHaveLength(1);
  const other = create(DestinationSchema, { name: "Other" });
  expect(await refusal(calls().createDestination({ requestId, destination: other }))).toBe("REQUEST_ID_REUSED");
});

it("refuses an external id that is taken, within the organization only", async () => {
  const externalId = `customer-${uuidV7()}`;
  const { id } = await addDestination(harness, { externalId });
  expect(await refusal(addDestination(harness, { externalId }))).toBe("EXTERNAL_ID_TAKEN");
  await addDestination(harness, { externalId }, stranger);
  const found = await calls().getDestination({ by: { case: "externalId", value: externalId } });
  expect(found.destination?.id).toBe(id);
});

it("changes what is named and nothing else, against an etag", async () => {
  const { id, etag } = await addDestination(harness, { name: "Before", notes: "kept", terms: { seatLimit: 5 } });
  const change = { id, etag, name: "not named", terms: { usageLimit: 20 }, enabled: false };
  const { destination } = await calls().updateDestination({
    destination: change,
    updateMask: { paths: ["terms.usage_limit", "enabled"] },
  });
  expect(destination).toMatchObject({
    name: "Before",
    notes: "kept",
    enabled: false,
    terms: { seatLimit: 5, usageLimit: 20, usageRule: UsageRule.LIMITED },
  });
  const stale = { destination: change, updateMask: { paths: ["name"] } };
  expect(await refusal(calls().updateDestination(stale))).toBe("ETAG_MISMATCH");
  const unknown = { destination: { id }, updateMask: { paths: ["external_id"] } };
  expect(await refusal(calls().updateDestination(unknown))).toBe("FIELD_INVALID");
  const [event] = (await harness.announced(DestinationUpdatedSchema)).filter((it) => it.destination?.id === id);
  expect(event?.changedFields).toEqual(["terms.usage_limit", "enabled"]);
});

it("lists by name, tag, state and silence, page by page in every order", async () => {
  const caller = { ...stranger, organizationId: "00000000-0000-7000-8000-0000000000d1" };
  const { destinations } = callsOf(harness, caller);
  const names = ["Alpha", "beta", "Gamma", "delta", "100% pure"];
  for (const name of names) await addDestination(harness, { name, tags: [name === "beta" ? "Blue" : "red"] }, caller);
  await harness.sql("update destination set last_contact_at = now() where name = 'Gamma'");
  for (const order of [
    DestinationOrder.UNSPECIFIED,
    DestinationOrder.NAME_ASC,
    DestinationOrder.UPDATE_TIME_ASC,
    DestinationOrder.UPDATE_TIME_DESC,
    DestinationOrder.LAST_CONTACT_DESC,
  ]) {
    const whole = (await destinations.listDestinations({ order })).destinations.map(({ name }) => name);
    const paged: string[] = [];
    let pageToken = "";
    do {
      const { destinations: rows, page } = await destinations.listDestinations({
        order,
        page: { pageSize: 2, pageToken },
      });
      paged.push(...rows.map(({ name }) => name));
      pageToken = page?.nextPageToken ?? "";
    } while (pageToken !== "");
    expect(paged).toEqual(whole);
    expect(whole.toSorted()).toEqual(names.toSorted());
  }
  const namesOf = async (filter: object) =>
    (await destinations.listDestinations({ order: DestinationOrder.NAME_ASC, ...filter })).destinations.map(
      ({ name }) => name,
    );
  expect(await namesOf({})).toEqual(["100% pure", "Alpha", "beta", "delta", "Gamma"]);
  expect(await namesOf({ query: "% P" })).toEqual(["100% pure"]);
  expect(await namesOf({ tags: ["BLUE"] })).toEqual(["beta"]);
  expect(await namesOf({ enabled: false })).toEqual([]);
  expect(await namesOf({ silentSince: timestampFromDate(new Date(0)) })).not.toContain("Gamma");
  const { page } = await destinations.listDestinations({ page: { pageSize: 1, withTotal: true } });
  expect(page?.total).toBe(5n);
  const foreign = { pageSize: 1, pageToken: page?.nextPageToken ?? "" };
  expect(await refusal(destinations.listDestinations({ page: foreign, query: "x" }))).toBe("PAGE_TOKEN_INVALID");
});

it("removes a destination with its dispatches, and an absent one without a word", async () => {
  const { id } = await addDestination(harness);
  const dispatch = await addDispatch(harness, { destinationId: id, callback: { url: "https://hooks.test/a" } });
  expect((await calls().getDestination({ by: { case: "id", value: id } })).destination?.summary?.dispatchCount).toBe(1);
  expect(harness.webhook.owned.has(dispatch.id)).toBe(true);
  await calls().deleteDestination({ id });
  await calls().deleteDestination({ id });
  expect(await refusal(calls().getDestination({ by: { case: "id", value: id } }))).toBe("DESTINATION_NOT_FOUND");
  const gone = { by: { case: "id" as const, value: dispatch.id } };
  expect(await refusal(callsOf(harness).dispatches.getDispatch(gone))).toBe("DISPATCH_NOT_FOUND");
  expect((await harness.announced(DestinationDeletedSchema)).filter((it) => it.destinationId === id)).toHaveLength(1);
  const told = (await harness.announced(DispatchDeletedSchema)).filter((it) => it.dispatchId === dispatch.id);
  expect(told).toMatchObject([{ destinationId: id, courseId: dispatch.courseId }]);
  await expect.poll(() => harness.webhook.owned.has(dispatch.id)).toBe(false);
  expect(await harness.sql("select from licence_usage where subject_id = any($1)", [[id, dispatch.id]])).toEqual([]);
});

it("hides everything from other organizations", async () => {
  const { id } = await addDestination(harness, { name: "Secret customer" });
  const { destinations } = callsOf(harness, stranger);
  expect(await refusal(destinations.getDestination({ by: { case: "id", value: id } }))).toBe("DESTINATION_NOT_FOUND");
  const update = { destination: { id, name: "Mine" }, updateMask: { paths: ["name"] } };
  expect(await refusal(destinations.updateDestination(update))).toBe("DESTINATION_NOT_FOUND");
  await destinations.deleteDestination({ id });
  const listed = await destinations.listDestinations({ query: "secret customer" });
  expect(listed.destinations).toEqual([]);
  expect((await calls().getDestination({ by: { case: "id", value: id } })).destination?.name).toBe("Secret customer");
});
