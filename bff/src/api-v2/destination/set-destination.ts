import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { z } from "zod";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findDestinationIfThere } from "./find-destination.ts";

const destinationSchema = z.object({
  name: z.string().min(1),
  tags: z.array(z.string()).nullish(),
  email: z.string().nullish(),
  notes: z.string().nullish(),
  launchAuth: z.unknown().optional(),
  lti13Data: z.unknown().optional(),
});
const listSchema = z.object({
  destinations: z.array(z.object({ id: z.string().min(1), data: destinationSchema })).min(1),
});

type DestinationFields = z.output<typeof destinationSchema>;

/** `POST /dispatch/destinations`: makes several; those that exist are set to what is given. */
export function createDestinations(deps: ApiDeps): Operation {
  return async ({ body }) => {
    const { destinations } = readBody(listSchema, body);
    for (const { data } of destinations) refuseNotBuilt(data);
    for (const { id, data } of destinations) await put(deps, id, data);
    return { status: 204 };
  };
}

/** `PUT /dispatch/destinations/{destinationId}`: makes it, or sets what is given. */
export function setDestination(deps: ApiDeps): Operation {
  return async ({ params, body }) => {
    const data = readBody(destinationSchema, body);
    refuseNotBuilt(data);
    await put(deps, params.destinationId ?? "", data);
    return { status: 204 };
  };
}

async function put({ clients }: ApiDeps, externalId: string, data: DestinationFields): Promise<void> {
  const destinations = clients.of(DestinationService);
  const fields = {
    name: data.name,
    ...(data.email != null && { email: data.email }),
    ...(data.notes != null && { notes: data.notes }),
    ...(data.tags != null && { tags: data.tags }),
  };
  const known = await findDestinationIfThere(clients, externalId);
  if (known === undefined)
    await destinations.createDestination({ requestId: uuidV7(), destination: { externalId, ...fields } });
  else
    await destinations.updateDestination({
      destination: { id: known.id, ...fields },
      updateMask: { paths: Object.keys(fields) },
    });
}

/** Dropping these in silence would open to all what somebody meant to protect. */
function refuseNotBuilt(data: DestinationFields): void {
  for (const field of ["launchAuth", "lti13Data"] as const)
    if (data[field] !== undefined && data[field] !== null)
      throw fieldInvalid(field, "is not supported by this installation");
}
