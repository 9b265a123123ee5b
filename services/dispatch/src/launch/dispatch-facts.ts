import { fromBinary } from "@bufbuild/protobuf";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import type { Instancing } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { LicenceTermsSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type pg from "pg";
import { requireCourse } from "../dispatch/course-of.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { type EffectiveTerms, effectiveTerms } from "../licence/effective-terms.ts";

/** What a launch needs to know of its dispatch and its destination. */
export interface DispatchFacts {
  readonly id: string;
  readonly tenant_id: string;
  readonly destination_id: string;
  readonly course_id: string;
  readonly pinned_course_version_id: string | null;
  readonly name: string;
  readonly tags: string[];
  readonly enabled: boolean;
  readonly terms: Buffer;
  readonly instancing: Instancing;
  readonly hash_learner: boolean;
  readonly tracking_enabled: boolean;
  readonly branding: Buffer | null;
  readonly host_options: Buffer | null;
  readonly packages_revoked_before: Date | null;
  readonly destination_external_id: string;
  readonly destination_enabled: boolean;
  readonly destination_terms: Buffer;
  readonly destination_branding: Buffer | null;
  readonly destination_host_options: Buffer | null;
}

const QUERY = `select d.id, d.tenant_id, d.destination_id, d.course_id, d.pinned_course_version_id, d.name, d.tags, d.enabled, d.terms,
    d.instancing, d.hash_learner, d.tracking_enabled, d.branding, d.host_options, d.packages_revoked_before,
    s.external_id as destination_external_id, s.enabled as destination_enabled, s.terms as destination_terms,
    s.branding as destination_branding, s.host_options as destination_host_options
  from dispatch d join destination s on s.id = d.destination_id where d.id = $1`;

/** A dispatch of whatever organization. @throws EXCHANGE_INVALID */
export async function findDispatch(pool: pg.Pool, id: string): Promise<DispatchFacts> {
  const facts = await inSystem(pool, (client) => readDispatch(client, id));
  if (facts === undefined) throw errors.exchangeInvalid();
  return facts;
}

export async function readDispatch(client: pg.ClientBase, id: string): Promise<DispatchFacts | undefined> {
  return (await client.query<DispatchFacts>(QUERY, [id])).rows[0];
}

/** Terms of a dispatch and of its destination. */
export function termsOf(facts: Pick<DispatchFacts, "terms" | "destination_terms">): {
  readonly dispatch: EffectiveTerms;
  readonly destination: EffectiveTerms;
} {
  return {
    dispatch: effectiveTerms(fromBinary(LicenceTermsSchema, facts.terms)),
    destination: effectiveTerms(fromBinary(LicenceTermsSchema, facts.destination_terms)),
  };
}

/** What the destination says where the dispatch says nothing itself. */
export function destinationLook(facts: DispatchFacts): Pick<DispatchFacts, "branding" | "host_options"> {
  return { branding: facts.destination_branding, host_options: facts.destination_host_options };
}

/** Runs calls to other services as dispatch itself in an organization: whoever launches is nobody there. */
export function asDispatch<T>(tenantId: string, work: () => Promise<T>): Promise<T> {
  return runAs(serviceCaller("dispatch", tenantId), work);
}

/** The course of a dispatch; undefined when it is gone. */
export async function courseOf(
  { clients }: Pick<DispatchParts, "clients">,
  { tenant_id, course_id }: Pick<DispatchFacts, "tenant_id" | "course_id">,
): Promise<Course | undefined> {
  try {
    return await requireCourse(clients, tenant_id, course_id);
  } catch (error) {
    if (reasonOf(error) === "COURSE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** How a dispatch is called where learners read it. */
export function titleOf({ name }: Pick<DispatchFacts, "name">, course: Course | undefined): string {
  return name === "" ? (course?.title ?? "") : name;
}
