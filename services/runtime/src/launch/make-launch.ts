import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { RequiredEntityData } from "@mikro-orm/postgresql";
import type { Catalog } from "../catalog/catalog.ts";
import type { InstanceRow } from "../instance/instance.entity.ts";
import type { LaunchRow } from "./launch.entity.ts";
import { type LaunchTerms, START_ACTIVITY } from "./launch-terms.ts";
import { policyOf, rollUpOf } from "./play-rules.ts";

/** What is asked of a launch. */
export interface LaunchOrder {
  readonly organizationId: string;
  readonly requestId: string;
  readonly requestHash: Buffer;
  readonly instance: Pick<InstanceRow, "id" | "registrationId" | "courseVersionId" | "packageId">;
  readonly learnerId: string;
  /** `Last, First`. */
  readonly learnerName: string;
  readonly mode: LaunchMode;
  readonly untracked: boolean;
  readonly activity: string;
  readonly returnUrl: string;
  readonly locale: string;
  readonly expireSeconds: number;
  readonly createdBy: string;
}

const DAY_SECONDS = 24 * 60 * 60;

/** What is in force when a launch is made. */
export interface LaunchFacts {
  readonly course: Course;
  /** By id. */
  readonly settings: Readonly<Record<string, string>>;
  readonly organizationName: string;
}

/** Asks for what is in force now. @throws COURSE_NOT_FOUND */
export async function launchFacts(
  catalog: Catalog,
  organizationId: string,
  courseId: string,
  instance: LaunchOrder["instance"],
): Promise<LaunchFacts> {
  const { courseVersionId, registrationId } = instance;
  const [course, settings, organizationName] = await Promise.all([
    catalog.course(organizationId, courseId),
    catalog.settings(organizationId, { courseId, courseVersionId, registrationId }),
    catalog.organizationName(organizationId),
  ]);
  return { course, settings, organizationName };
}

/** Decides a launch's terms. */
export function makeLaunch(order: LaunchOrder, facts: LaunchFacts, now: Date): RequiredEntityData<LaunchRow> {
  const { organizationId, instance } = order;
  const { course, settings, organizationName } = facts;
  const id = uuidV7();
  const mode = contextMode(order.mode);
  const terms: LaunchTerms = {
    context: {
      id,
      learnerId: order.learnerId,
      learnerName: order.learnerName,
      mode,
      credit: mode === "normal" ? "credit" : "no-credit",
      policy: policyOf(settings),
    },
    rollUp: rollUpOf(settings),
    settings: order.activity === "" ? settings : { ...settings, [START_ACTIVITY]: order.activity },
    courseTitle: course.title,
    organizationName,
  };
  return {
    id,
    tenantId: organizationId,
    registrationId: instance.registrationId,
    instanceId: instance.id,
    requestId: order.requestId,
    requestHash: order.requestHash,
    mode: order.mode === LaunchMode.UNSPECIFIED ? LaunchMode.NORMAL : order.mode,
    untracked: order.untracked || order.mode === LaunchMode.REVIEW,
    terms: JSON.stringify(terms),
    courseVersionId: instance.courseVersionId,
    packageId: instance.packageId,
    returnUrl: order.returnUrl,
    locale: order.locale,
    createdBy: order.createdBy,
    createdAt: now,
    expiresAt: new Date(now.getTime() + (order.expireSeconds || DAY_SECONDS) * 1000),
  };
}

function contextMode(mode: LaunchMode): LaunchTerms["context"]["mode"] {
  if (mode === LaunchMode.BROWSE) return "browse";
  return mode === LaunchMode.REVIEW ? "review" : "normal";
}
