import { fromBinary } from "@bufbuild/protobuf";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import type { CourseVersion } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import {
  CourseCreatedSchema,
  CourseDeletedSchema,
  CourseUpdatedSchema,
  CourseVersionCreatedSchema,
  CourseVersionDeletedSchema,
  CourseVersionMadeCurrentSchema,
} from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import {
  DestinationCreatedSchema,
  DestinationDeletedSchema,
  DestinationUpdatedSchema,
  DispatchCreatedSchema,
  DispatchDeletedSchema,
  DispatchUpdatedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import {
  MemberCreatedSchema,
  MemberDeletedSchema,
  OrganizationCreatedSchema,
  OrganizationDeletedSchema,
  OrganizationUpdatedSchema,
} from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";

/** Things whose names and numbers reports show. */
export type EntityKind = "course" | "version" | "destination" | "dispatch" | "member" | "organization";

/** What an event says of such a thing. */
export interface EntityChange {
  readonly kind: EntityKind;
  readonly id: string;
  readonly name: string;
  readonly parent_id: string | null;
  /** A course's current version; null: not told. */
  readonly current_id: string | null;
  readonly number: number;
  readonly size_bytes: number;
  readonly tags: readonly string[];
  readonly deleted: boolean;
  /** Only `current_id` is told. */
  readonly only_current: boolean;
}

function change(kind: EntityKind, id: string, more: Partial<EntityChange> = {}): EntityChange {
  return {
    ...{ kind, id, name: "", parent_id: null, current_id: null, number: 0, size_bytes: 0, tags: [] },
    ...{ deleted: false, only_current: false },
    ...more,
  };
}

const courseChange = (course: Course | undefined): EntityChange | undefined =>
  course &&
  change("course", course.id, {
    name: course.title,
    tags: course.tags,
    current_id: course.currentVersion?.id ?? null,
  });
const versionChange = (version: CourseVersion | undefined): EntityChange | undefined =>
  version &&
  change("version", version.id, {
    name: version.title,
    parent_id: version.courseId,
    number: version.number,
    size_bytes: Number(version.sizeBytes),
  });
const named = (
  kind: EntityKind,
  thing: { readonly id: string; readonly name?: string } | undefined,
): EntityChange | undefined => thing && change(kind, thing.id, { name: thing.name ?? "" });
/** A dispatch is a part of its destination. */
const dispatchChange = (dispatch: Dispatch | undefined): EntityChange | undefined =>
  dispatch && change("dispatch", dispatch.id, { parent_id: dispatch.destinationId || null });
const gone = (kind: EntityKind, id: string): EntityChange => change(kind, id, { deleted: true });

const readers: Readonly<Record<string, (payload: Uint8Array) => EntityChange | undefined>> = {
  [CourseCreatedSchema.typeName]: (payload) => courseChange(fromBinary(CourseCreatedSchema, payload).course),
  [CourseUpdatedSchema.typeName]: (payload) => courseChange(fromBinary(CourseUpdatedSchema, payload).course),
  [CourseDeletedSchema.typeName]: (payload) => gone("course", fromBinary(CourseDeletedSchema, payload).courseId),
  [CourseVersionCreatedSchema.typeName]: (payload) =>
    versionChange(fromBinary(CourseVersionCreatedSchema, payload).courseVersion),
  [CourseVersionMadeCurrentSchema.typeName]: (payload) => {
    const { courseVersion } = fromBinary(CourseVersionMadeCurrentSchema, payload);
    return (
      courseVersion && change("course", courseVersion.courseId, { current_id: courseVersion.id, only_current: true })
    );
  },
  [CourseVersionDeletedSchema.typeName]: (payload) =>
    gone("version", fromBinary(CourseVersionDeletedSchema, payload).courseVersionId),
  [DestinationCreatedSchema.typeName]: (payload) =>
    named("destination", fromBinary(DestinationCreatedSchema, payload).destination),
  [DestinationUpdatedSchema.typeName]: (payload) =>
    named("destination", fromBinary(DestinationUpdatedSchema, payload).destination),
  [DestinationDeletedSchema.typeName]: (payload) =>
    gone("destination", fromBinary(DestinationDeletedSchema, payload).destinationId),
  [DispatchCreatedSchema.typeName]: (payload) => dispatchChange(fromBinary(DispatchCreatedSchema, payload).dispatch),
  [DispatchUpdatedSchema.typeName]: (payload) => dispatchChange(fromBinary(DispatchUpdatedSchema, payload).dispatch),
  [DispatchDeletedSchema.typeName]: (payload) =>
    gone("dispatch", fromBinary(DispatchDeletedSchema, payload).dispatchId),
  // Of people only that they are there is kept.
  [MemberCreatedSchema.typeName]: (payload) => {
    const { member } = fromBinary(MemberCreatedSchema, payload);
    return member && change("member", member.id);
  },
  [MemberDeletedSchema.typeName]: (payload) => gone("member", fromBinary(MemberDeletedSchema, payload).memberId),
  [OrganizationCreatedSchema.typeName]: (payload) =>
    named("organization", fromBinary(OrganizationCreatedSchema, payload).organization),
  [OrganizationUpdatedSchema.typeName]: (payload) =>
    named("organization", fromBinary(OrganizationUpdatedSchema, payload).organization),
  [OrganizationDeletedSchema.typeName]: (payload) =>
    gone("organization", fromBinary(OrganizationDeletedSchema, payload).organizationId),
};

export const ENTITY_EVENTS: readonly string[] = Object.keys(readers);

/** Reads an event; undefined for one that names nothing. */
export function readEntityEvent(type: string, payload: Uint8Array): EntityChange | undefined {
  return readers[type]?.(payload);
}
