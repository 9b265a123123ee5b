import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { getOption } from "@bufbuild/protobuf";
import {
  type Access,
  access as accessOption,
  type Caller,
  CallerKind,
} from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { scopeOf } from "../auth/permissions.ts";
import { permissionMissing, unauthenticated } from "../errors/service-error.ts";

/** Protocols of others that every gRPC server answers; they show contracts and health, never data. */
const OPEN_PROTOCOLS = new Set(["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"]);

/** Reading an option decodes it; every call asks for the same few. */
const declared = new WeakMap<DescMethod, Access["allow"]>();

/** Who may call a method, as its contract declares. @throws Error naming the method when it declares nothing: such a service must not start. */
export function accessOf(method: DescMethod): Access["allow"] {
  const known = declared.get(method) ?? readAccess(method);
  declared.set(method, known);
  return known;
}

function readAccess(method: DescMethod): Access["allow"] {
  if (OPEN_PROTOCOLS.has(method.parent.typeName)) return { case: "anyone", value: true };
  const { allow } = getOption(method, accessOption);
  if (allow.case === undefined || (allow.case !== "permission" && !allow.value)) {
    throw new Error(`${method.parent.typeName}.${method.name} declares no access; deny by default`);
  }
  return allow;
}

/** Checks every method of the services at start. */
export function requireAccessDeclared(services: readonly DescService[]): void {
  for (const service of services) for (const method of service.methods) accessOf(method);
}

/** Lets a caller through or explains why not. @throws UNAUTHENTICATED, PERMISSION_MISSING */
export function authorize(method: DescMethod, caller: Caller): void {
  const allow = accessOf(method);
  if (allow.case === "anyone") return;
  if (caller.kind === CallerKind.ANONYMOUS || caller.kind === CallerKind.UNSPECIFIED) throw unauthenticated();
  switch (allow.case) {
    case "authenticated":
      return;
    case "internal":
      if (caller.kind !== CallerKind.SERVICE) throw permissionMissing("internal");
      return;
    case "platform":
      if (!caller.platformAdministrator && caller.kind !== CallerKind.SERVICE) throw permissionMissing("platform");
      return;
    case "permission":
      if (!caller.permissions.includes(allow.value)) throw permissionMissing(scopeOf(allow.value));
      if (caller.organizationId === "") throw unauthenticated("choose an organization first");
  }
}
