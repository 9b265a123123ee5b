import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { RequiredEntityData } from "@mikro-orm/postgresql";
import type { Catalog } from "../catalog/catalog.ts";
import type { InstanceRow } from "../instance/instance.entity.ts";
import type { AnyLaunchContext } from "../instance/instance-model.ts";
import type { LaunchRow } from "./launch.entity.ts";
import { type LaunchTerms, START_ACTIVITY } from "./launch-terms.ts";
import { policy2004Of, policyOf, resumesAfterClosedWindow, rollUpOf } from "./play-rules.ts";

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
  /** Sources of CSP. */
  readonly frameAncestors: readonly string[];
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
  /** Standard of the version that is launched. */
  readonly standard: Standard;
}

/** Standards whose courses are sequenced. */
const scorm2004: ReadonlySet<Standard> = new Set([
  Standard.SCORM_2004_2ND_EDITION,
  Standard.SCORM_2004_3RD_EDITION,
  Standard.SCORM_2004_4TH_EDITION,
]);

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
  const { currentVersion } = course;
  const version =
    currentVersion?.id === courseVersionId
      ? currentVersion
      : await catalog.courseVersion(organizationId, courseVersionId);
  return { course, settings, organizationName, standard: version.standard };
}

/** Decides a launch's terms. */
export function makeLaunch(order: LaunchOrder, facts: LaunchFacts, now: Date): RequiredEntityData<LaunchRow> {
  const { organizationId, instance } = order;
  const { course, settings, organizationName } = facts;
  const id = uuidV7();
  const sequenced = scorm2004.has(facts.standard);
  const terms: LaunchTerms = {
    context: contextOf(id, order, settings, sequenced),
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
    // Looking around a sequenced course would change the learner's way through it.
    untracked: order.untracked || order.mode === LaunchMode.REVIEW || (sequenced && order.mode === LaunchMode.BROWSE),
    terms: JSON.stringify(terms),
    courseVersionId: instance.courseVersionId,
    packageId: instance.packageId,
    returnUrl: order.returnUrl,
    locale: order.locale,
    frameAncestors: [...order.frameAncestors],
    createdBy: order.createdBy,
    createdAt: now,
    expiresAt: new Date(now.getTime() + (order.expireSeconds || DAY_SECONDS) * 1000),
  };
}

function contextOf(
  id: string,
  { learnerId, learnerName, mode: asked }: LaunchOrder,
  settings: LaunchFacts["settings"],
  sequenced: boolean,
): AnyLaunchContext {
  const mode = contextMode(asked);
  const credit = mode === "normal" ? "credit" : "no-credit";
  const facts = { id, learnerId, learnerName, mode, credit } as const;
  if (!sequenced) return { ...facts, policy: policyOf(settings) };
  const resumeAfterClosedWindow = resumesAfterClosedWindow(settings);
  return { standard: "scorm2004", ...facts, policy: policy2004Of(settings), resumeAfterClosedWindow };
}

function contextMode(mode: LaunchMode): LaunchTerms["context"]["mode"] {
  if (mode === LaunchMode.BROWSE) return "browse";
  return mode === LaunchMode.REVIEW ? "review" : "normal";
}
