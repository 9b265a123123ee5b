import { create } from "@bufbuild/protobuf";
import {
  NavigationKind,
  type NavigationRequest as NavigationMessage,
  NavigationRequestSchema,
  type NavigationSource,
} from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import type { NavigationRequest, NavigationRequestType } from "@coursemesh/scorm/sequencing/request.ts";
import type { Asked } from "./asked.ts";

const types = new Map<NavigationKind, NavigationRequestType>([
  [NavigationKind.START, "start"],
  [NavigationKind.RESUME_ALL, "resumeAll"],
  [NavigationKind.CONTINUE, "continue"],
  [NavigationKind.PREVIOUS, "previous"],
  [NavigationKind.CHOICE, "choice"],
  [NavigationKind.JUMP, "jump"],
  [NavigationKind.EXIT, "exit"],
  [NavigationKind.EXIT_ALL, "exitAll"],
  [NavigationKind.SUSPEND_ALL, "suspendAll"],
  [NavigationKind.ABANDON, "abandon"],
  [NavigationKind.ABANDON_ALL, "abandonAll"],
]);

/** A navigation request for the core. */
export function readNavigation(message: NavigationMessage | undefined): Pick<Asked, "navigation" | "source"> {
  if (message === undefined) return {};
  const type = types.get(message.kind);
  if (type === undefined) return {};
  const navigation: NavigationRequest =
    type === "choice" || type === "jump" ? { type, target: message.targetActivityId } : { type };
  return { navigation, source: message.source };
}

export function navigationMessage(
  navigation: NavigationRequest | undefined,
  source: NavigationSource | undefined,
): NavigationMessage | undefined {
  if (navigation === undefined) return undefined;
  const entry = [...types].find(([, type]) => type === navigation.type);
  return create(NavigationRequestSchema, {
    kind: entry?.[0] ?? NavigationKind.UNSPECIFIED,
    targetActivityId: "target" in navigation ? navigation.target : "",
    ...(source !== undefined && { source }),
  });
}
