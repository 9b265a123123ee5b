import type { MessageInitShape } from "@bufbuild/protobuf";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type Destination,
  DestinationOrder,
  type DestinationSchema,
  DestinationService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { z } from "zod";
import { isoOf } from "../../contract/timestamp.ts";
import { needs } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { succeeded } from "../envelope.ts";
import { numberedPage, PAGE_PARAMETERS, pageSchema, readPageWish } from "../numbered-page.ts";
import { findDestination } from "./find.ts";
import { brandingSchema, hostOptionsSchema, toBrandingData, toHostOptions, toHostOptionsData } from "./presentation.ts";
import { givenTerms, termPaths, termsSchema, toTerms, toTermsData, toUsageData, usageSchema } from "./terms.ts";

const tag = "Destinations";

const destinationFields = z
  .object({
    name: z.string().min(1).max(500),
    tags: z.array(z.string().min(1).max(100)).max(100),
    email: z.email().or(z.literal("")),
    notes: z.string().max(10_000),
    enabled: z.boolean(),
    branding: brandingSchema,
    hostOptions: hostOptionsSchema,
    ...termsSchema.shape,
  })
  .partial();
const createBody = destinationFields.extend({
  name: z.string().min(1).max(500),
  externalId: z.string().max(255).optional().describe("Your own name for it, unique in the organization."),
});

const destinationData = z.object({
  id: z.string(),
  externalId: z.string(),
  name: z.string(),
  tags: z.array(z.string()),
  email: z.string(),
  notes: z.string(),
  enabled: z.boolean(),
  ...termsSchema.shape,
  usage: usageSchema,
  branding: brandingSchema,
  hostOptions: hostOptionsSchema.nullable(),
  dispatchCount: z.int(),
  launches: z.int().describe("In the last 30 days."),
  unacknowledgedResults: z.int(),
  lmsProduct: z.string(),
  lastContactAt: z.string().nullable(),
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
  etag: z.string(),
});

function toDestinationData(destination: Destination): z.output<typeof destinationData> {
  const { summary } = destination;
  return {
    id: destination.id,
    externalId: destination.externalId,
    name: destination.name,
    tags: destination.tags,
    email: destination.email,
    notes: destination.notes,
    enabled: destination.enabled ?? true,
    ...toTermsData(destination.terms),
    usage: toUsageData(summary?.usage),
    branding: toBrandingData(destination.branding),
    hostOptions: toHostOptionsData(destination.hostOptions),
    dispatchCount: summary?.dispatchCount ?? 0,
    launches: Number(summary?.launchCount ?? 0n),
    unacknowledgedResults: Number(summary?.unacknowledgedCount ?? 0n),
    lmsProduct: summary?.lmsProduct ?? "",
    lastContactAt: isoOf(summary?.lastContactTime) ?? null,
    createdAt: isoOf(destination.createTime) ?? null,
    updatedAt: isoOf(destination.updateTime) ?? null,
    etag: destination.etag,
  };
}

function toInput(given: z.output<typeof destinationFields>): {
  readonly fields: MessageInitShape<typeof DestinationSchema>;
  readonly paths: readonly string[];
} {
  const { name, tags, email, notes, enabled, branding, hostOptions } = given;
  const masked = termPaths(given);
  const plain = Object.fromEntries(
    Object.entries({ name, tags, email, notes, enabled, branding }).filter(([, value]) => value !== undefined),
  );
  return {
    fields: {
      ...plain,
      ...(masked.length > 0 && { terms: toTerms(givenTerms.parse(given)) }),
      ...(hostOptions && { hostOptions: toHostOptions(hostOptions) }),
    },
    paths: [...Object.keys(plain), ...masked, ...(hostOptions ? ["host_options"] : [])],
  };
}

/** Destinations: the customers, or their LMSs. */
export function destinationRoutes(clients: Clients): readonly DocumentedRoute[] {
  const service = clients.of(DestinationService);
  const answer = (destination: Destination | undefined, status: 200 | 201 = 200) => ({
    status,
    body: succeeded(destination ? toDestinationData(destination) : null),
  });
  return [
    {
      ...{ method: "POST", path: "/dispatch/destinations", access: needs(Permission.DISPATCH_WRITE) },
      ...{ operationId: "createDestination", summary: "Makes a destination", tag, status: 201 },
      takes: createBody,
      gives: destinationData,
      codes: ["EXTERNAL_ID_TAKEN"],
      async operation({ body }) {
        const given = readBody(createBody, body);
        const { destination } = await service.createDestination({
          requestId: uuidV7(),
          destination: { ...toInput(given).fields, externalId: given.externalId ?? "" },
        });
        return answer(destination, 201);
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/destinations", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "listDestinations", summary: "Lists destinations by name", tag, status: 200 },
      parameters: {
        ...PAGE_PARAMETERS,
        q: "Part of the name, external id or a tag.",
        tag: "Only those with these tags.",
      },
      gives: z.object({ destinations: z.array(destinationData), ...pageSchema.shape }),
      async operation({ query }) {
        const filter = { query: query.text("q") ?? "", tags: query.list("tag"), order: DestinationOrder.NAME_ASC };
        const { rows, paging } = await numberedPage(readPageWish(query), async (page) => {
          const read = await service.listDestinations({ ...filter, page });
          return {
            rows: read.destinations,
            nextPageToken: read.page?.nextPageToken ?? "",
            total: Number(read.page?.total ?? 0n),
          };
        });
        return { status: 200, body: succeeded({ destinations: rows.map(toDestinationData), ...paging }) };
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/destinations/:id", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "getDestination", summary: "Reads a destination with its figures", tag, status: 200 },
      gives: destinationData,
      codes: ["DESTINATION_NOT_FOUND"],
      operation: async ({ params }) => answer(await findDestination(clients, params.id)),
    },
    {
      ...{ method: "PATCH", path: "/dispatch/destinations/:id", access: needs(Permission.DISPATCH_WRITE) },
      ...{ operationId: "updateDestination", summary: "Changes the fields given", tag, status: 200 },
      takes: destinationFields,
      gives: destinationData,
      codes: ["DESTINATION_NOT_FOUND"],
      async operation({ params, body }) {
        const { fields, paths } = toInput(readBody(destinationFields, body));
        const found = await findDestination(clients, params.id);
        if (paths.length === 0) return answer(found);
        const { destination } = await service.updateDestination({
          destination: { ...fields, id: found.id },
          updateMask: { paths: [...paths] },
        });
        return answer(destination);
      },
    },
    {
      ...{ method: "DELETE", path: "/dispatch/destinations/:id", access: needs(Permission.DISPATCH_DELETE) },
      ...{ operationId: "deleteDestination", summary: "Removes a destination with its dispatches", tag, status: 200 },
      codes: ["DESTINATION_NOT_FOUND"],
      async operation({ params }) {
        const { id } = await findDestination(clients, params.id);
        await service.deleteDestination({ id });
        return { status: 200, body: succeeded(null) };
      },
    },
  ];
}
