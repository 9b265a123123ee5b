import { randomUUID } from "node:crypto";
import type { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { OrganizationService } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import { rpcClient } from "./rpc-client.ts";
import type { Product } from "./start-product.ts";

/** Makes another organization; answers the `Authorization` of its owner. */
export async function secondOwner(product: Product): Promise<string> {
  const { tokens } = await rpcClient(product, SessionService, "").createSession(product.admin);
  const owner = `Bearer ${tokens?.accessToken}`;
  const { organization } = await rpcClient(product, OrganizationService, owner).createOrganization({
    requestId: randomUUID(),
    name: "Second",
    slug: "second",
  });
  const switched = await rpcClient(product, SessionService, owner).switchOrganization({
    organizationId: organization?.id ?? "",
  });
  return `Bearer ${switched.tokens?.accessToken}`;
}

/** Makes a key in the organization of `owner`; answers its `Authorization`. */
export async function makeKey(product: Product, owner: string, scopes: readonly Permission[]): Promise<string> {
  const { apiKey, secret } = await rpcClient(product, ApiKeyService, owner).createApiKey({
    requestId: randomUUID(),
    name: "test",
    scopes: [...scopes],
  });
  return `Basic ${Buffer.from(`${apiKey?.id}:${secret}`).toString("base64")}`;
}
