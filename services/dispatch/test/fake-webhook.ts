import { create } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { requestIdReused, serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import type { App } from "@coursemesh/platform/service/app.ts";
import {
  EndpointSchema,
  EndpointService,
  type OwnedEndpoint,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { SecretService } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";
import { fakeApp } from "./fake-app.ts";

/** Addresses with this host are refused, as private ones are. */
export const REFUSED_HOST = "private.test";

/** An endpoint that a dispatch brought along, with the secrets that sign for it, newest first. */
export interface OwnedByDispatch extends OwnedEndpoint {
  readonly id: string;
  readonly organizationId: string;
  readonly secrets: string[];
}

/** Stands for the webhook service: keeps what dispatches bring along. */
export interface FakeWebhook {
  readonly app: App;
  /** By dispatch id; absent: none. */
  readonly owned: ReadonlyMap<string, OwnedByDispatch>;
  /** Throwing refuses the next calls. */
  beforeSync: () => void;
}

export function fakeWebhook(): FakeWebhook {
  const owned = new Map<string, OwnedByDispatch>();
  const rotations = new Set<string>();
  const webhook: FakeWebhook = {
    owned,
    beforeSync: () => undefined,
    app: fakeApp("webhook", [EndpointService, SecretService], (router) => {
      registerPartly(router, EndpointService, {
        syncOwnedEndpoints({ owner, endpoints }, context) {
          webhook.beforeSync();
          const dispatchId = owner?.owner.case === "dispatchId" ? owner.owner.value : "";
          const known = owned.get(dispatchId);
          owned.delete(dispatchId);
          for (const wanted of endpoints) {
            for (const url of [wanted.endpoint?.url ?? "", wanted.fallbackUrl]) {
              if (url !== "" && new URL(url).hostname === REFUSED_HOST)
                throw serviceError(Code.InvalidArgument, "ADDRESS_REFUSED", "it is private", {
                  url,
                  description: "it is private",
                });
            }
            const kept = known?.endpoint?.url === wanted.endpoint?.url ? known : undefined;
            const secrets = wanted.secret === "" ? (kept?.secrets ?? []) : [wanted.secret];
            const organizationId = organizationOf(context);
            owned.set(dispatchId, { ...wanted, id: kept?.id ?? uuidV7(), organizationId, secrets });
          }
          return { endpoints: [...present(owned, dispatchId)].map(({ id }) => create(EndpointSchema, { id })) };
        },
      });
      registerPartly(router, SecretService, {
        rotateSecret({ requestId, endpointId, value }) {
          const found = [...owned.values()].find(({ id }) => id === endpointId);
          if (found === undefined) throw serviceError(Code.NotFound, "ENDPOINT_NOT_FOUND", "absent");
          if (rotations.has(requestId)) throw requestIdReused(requestId);
          rotations.add(requestId);
          const secret = value || `whsec_${Buffer.from(uuidV7()).toString("base64")}`;
          found.secrets.unshift(secret);
          return { secret: { id: uuidV7(), endpointId, createTime: timestampNow() }, value: secret };
        },
      });
    }),
  };
  return webhook;
}

function present(owned: ReadonlyMap<string, OwnedByDispatch>, dispatchId: string): OwnedByDispatch[] {
  const found = owned.get(dispatchId);
  return found === undefined ? [] : [found];
}
