import { clone, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { DispatchBrandingSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/branding_pb.ts";
import {
  type Callback,
  CallbackAuth,
  CallbackFormat,
  CallbackSchema,
  type Dispatch,
  DispatchSchema,
  type DispatchSummary,
  Instancing,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { HostOptionsSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import { normalTerms, readTerms, type TermsColumns, termsColumns } from "../licence/licence-terms.ts";
import { cleanTags, searchTextOf, tagKeysOf } from "../search/search-keys.ts";
import { dispatchStatus, type StatusFacts } from "./dispatch-status.ts";
import { readBranding, readHostOptions } from "./effective-look.ts";

/** What a request decides of a dispatch. */
export interface DispatchColumns extends TermsColumns {
  readonly pinned_course_version_id: string | null;
  readonly name: string;
  readonly version_text: string;
  readonly description: string;
  readonly tags: string[];
  readonly tag_keys: string[];
  readonly search_text: string;
  readonly email: string;
  readonly notes: string;
  readonly enabled: boolean;
  readonly instancing: Instancing;
  readonly hash_learner: boolean;
  readonly tracking_enabled: boolean;
  readonly callback: Buffer | null;
  readonly branding: Buffer | null;
  readonly host_options: Buffer | null;
  readonly share_analytics: boolean;
}

/** A dispatch as it is stored, without what it needs of its destination and usage. */
export interface PlainDispatchRow extends DispatchColumns {
  readonly id: string;
  readonly tenant_id: string;
  readonly external_id: string;
  readonly destination_id: string;
  readonly course_id: string;
  readonly name_key: string;
  readonly packages_revoked_before: Date | null;
  /** Counts of 64 bits are text. */
  readonly download_count: string;
  readonly first_launch_at: Date | null;
  readonly last_launch_at: Date | null;
  readonly request_id: string | null;
  readonly request_hash: string;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A dispatch with what its status depends on. */
export interface DispatchRow extends PlainDispatchRow, Omit<StatusFacts, "used" | "destination_used"> {
  readonly used: string;
  readonly destination_used: string;
}

/**
 * Columns of a dispatch in a request. @param ruleGiven see {@link normalTerms}
 * @throws FIELD_INVALID
 */
export function dispatchColumns(dispatch: Dispatch, externalId: string, ruleGiven: boolean): DispatchColumns {
  const name = dispatch.name.trim();
  if (name === "") throw fieldInvalid("dispatch.name", "must not be empty");
  const tags = cleanTags("dispatch.tags", dispatch.tags);
  const callback = normalCallback(dispatch.callback);
  const { branding, hostOptions } = dispatch;
  return {
    pinned_course_version_id: dispatch.pinnedCourseVersionId || null,
    name,
    version_text: dispatch.version,
    description: dispatch.description,
    tags,
    tag_keys: tagKeysOf(tags),
    search_text: searchTextOf(name, externalId, tags),
    email: dispatch.email,
    notes: dispatch.notes,
    enabled: dispatch.enabled ?? true,
    ...termsColumns(normalTerms(dispatch.terms, "dispatch.terms", ruleGiven)),
    instancing: dispatch.instancing || Instancing.INSTANCED,
    hash_learner: dispatch.hashLearner,
    tracking_enabled: dispatch.trackingEnabled ?? true,
    callback: callback === undefined ? null : Buffer.from(toBinary(CallbackSchema, callback)),
    branding: branding === undefined ? null : Buffer.from(toBinary(DispatchBrandingSchema, branding)),
    host_options: hostOptions === undefined ? null : Buffer.from(toBinary(HostOptionsSchema, hostOptions)),
    share_analytics: dispatch.shareAnalytics,
  };
}

/** A callback as it is stored: without secret and password; undefined for one without an address. @throws FIELD_INVALID */
export function normalCallback(given: Callback | undefined): Callback | undefined {
  if (given === undefined || given.url === "") return undefined;
  const callback = clone(CallbackSchema, given);
  callback.secret = "";
  callback.password = "";
  callback.auth ||= CallbackAuth.SIGNATURE;
  callback.format ||= CallbackFormat.COURSE;
  if (callback.auth !== CallbackAuth.SIGNATURE && callback.username === "")
    throw fieldInvalid("dispatch.callback.username", "must be set to sign in with it");
  return callback;
}

export function toDispatch(row: DispatchRow, now: Date, summary?: DispatchSummary): Dispatch {
  const branding = readBranding(row);
  const hostOptions = readHostOptions(row);
  const facts = { ...row, used: BigInt(row.used), destination_used: BigInt(row.destination_used) };
  return create(DispatchSchema, {
    id: row.id,
    externalId: row.external_id,
    destinationId: row.destination_id,
    courseId: row.course_id,
    pinnedCourseVersionId: row.pinned_course_version_id ?? "",
    name: row.name,
    version: row.version_text,
    description: row.description,
    tags: row.tags,
    email: row.email,
    notes: row.notes,
    enabled: row.enabled,
    terms: readTerms(row),
    instancing: row.instancing,
    hashLearner: row.hash_learner,
    trackingEnabled: row.tracking_enabled,
    ...(row.callback && { callback: fromBinary(CallbackSchema, row.callback) }),
    ...(branding && { branding }),
    ...(hostOptions && { hostOptions }),
    shareAnalytics: row.share_analytics,
    status: dispatchStatus(facts, now),
    ...(summary && { summary }),
    createTime: timestampFromDate(row.created_at),
    updateTime: timestampFromDate(row.updated_at),
    etag: String(row.version),
  });
}
