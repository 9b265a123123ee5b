import { AsyncLocalStorage } from "node:async_hooks";
import { create } from "@bufbuild/protobuf";
import { createContextKey, type HandlerContext } from "@connectrpc/connect";
import { type Caller, CallerKind, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { unauthenticated } from "../errors/service-error.ts";
import { ALL_PERMISSIONS } from "./permissions.ts";

/** The caller nobody vouched for. */
export const anonymous: Caller = create(CallerSchema, { kind: CallerKind.ANONYMOUS });

/** Where interceptors leave the caller for handlers. */
export const callerKey = createContextKey<Caller>(anonymous, { description: "caller" });

const current = new AsyncLocalStorage<Caller>();

/** Runs `work` on behalf of a caller: calls to other services in it carry that caller. */
export function runAs<T>(caller: Caller, work: () => T): T {
  return current.run(caller, work);
}

/** On whose behalf the present call runs; anonymous outside any. */
export function currentCaller(): Caller {
  return current.getStore() ?? anonymous;
}

/** A service acting by itself in one organization, for workers and consumers. */
export function serviceCaller(service: string, organizationId = ""): Caller {
  return create(CallerSchema, {
    kind: CallerKind.SERVICE,
    id: service,
    organizationId,
    permissions: [...ALL_PERMISSIONS],
    displayName: service,
  });
}

/** The caller of an RPC. */
export function callerOf(context: HandlerContext): Caller {
  return context.values.get(callerKey);
}

/** The organization an RPC acts in. @throws UNAUTHENTICATED when the caller has chosen none. */
export function organizationOf(context: HandlerContext): string {
  const { organizationId } = callerOf(context);
  if (organizationId === "") throw unauthenticated("choose an organization first");
  return organizationId;
}
