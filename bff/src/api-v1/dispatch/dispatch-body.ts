import type { MessageInitShape } from "@bufbuild/protobuf";
import { type DispatchSchema, Instancing } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { z } from "zod";
import { brandingSchema, hostOptionsSchema, toHostOptions } from "./presentation.ts";
import { givenTerms, termPaths, termsSchema, toTerms } from "./terms.ts";
import { callbackAuth, callbackFormat } from "./texts.ts";

const text = (max: number) => z.string().max(max);

const callbackSchema = z.object({
  url: z.url().or(z.literal("")).describe("Where results are told to, server to server; empty takes it away."),
  secret: text(500).optional().describe("Signs the calls; one is made when absent. Never shown again."),
  fallbackUrl: z.url().or(z.literal("")).optional(),
  auth: callbackAuth.schema.optional(),
  username: text(500).optional(),
  password: text(500).optional(),
  format: callbackFormat.schema.optional(),
});

/** What of a dispatch may be changed; every field may be left out. */
export const dispatchFields = z
  .object({
    name: text(500).describe("The course's title when empty."),
    version: text(100),
    description: text(10_000),
    pinnedCourseVersionId: z
      .uuid()
      .nullable()
      .describe("Version new registrations get; null: the course's current one."),
    tags: z.array(z.string().min(1).max(100)).max(100),
    email: z.email().or(z.literal("")),
    notes: text(10_000),
    enabled: z.boolean(),
    instanced: z.boolean().describe("False: one instance per learner for ever."),
    hashLearner: z.boolean().describe("Store a keyed hash instead of the learner's id, name and address."),
    trackingEnabled: z.boolean(),
    shareAnalytics: z.boolean().describe("The customer may read analytics of this dispatch by link."),
    callback: callbackSchema,
    branding: brandingSchema,
    hostOptions: hostOptionsSchema,
    ...termsSchema.shape,
  })
  .partial();

/** What makes a dispatch. Ids are ours, or the external ids given when those things were made. */
export const createDispatchBody = dispatchFields.extend({
  courseId: z.string().min(1).max(255),
  destinationId: z.string().min(1).max(255),
  externalId: text(255).optional().describe("Your own name for it, unique in the organization."),
});

export type DispatchFields = z.output<typeof dispatchFields>;

/** Fields that are called the same here and there, by their names in an update mask. */
const PLAIN: Readonly<Record<string, string>> = {
  name: "name",
  version: "version",
  description: "description",
  tags: "tags",
  email: "email",
  notes: "notes",
  enabled: "enabled",
  hashLearner: "hash_learner",
  trackingEnabled: "tracking_enabled",
  shareAnalytics: "share_analytics",
  branding: "branding",
};

/** The fields given, for the contract, and the mask that names them. */
export function toDispatchInput(given: DispatchFields): {
  readonly fields: MessageInitShape<typeof DispatchSchema>;
  readonly paths: readonly string[];
} {
  const plain = Object.fromEntries(
    Object.keys(PLAIN).flatMap((name) => (name in given ? [[name, given[name as keyof DispatchFields]]] : [])),
  );
  const { callback, hostOptions, instanced, pinnedCourseVersionId } = given;
  const masked = termPaths(given);
  return {
    fields: {
      ...plain,
      ...(masked.length > 0 && { terms: toTerms(pickTerms(given)) }),
      ...(pinnedCourseVersionId !== undefined && { pinnedCourseVersionId: pinnedCourseVersionId ?? "" }),
      ...(instanced !== undefined && { instancing: instanced ? Instancing.INSTANCED : Instancing.STATIC }),
      ...(callback && {
        callback: {
          url: callback.url,
          secret: callback.secret ?? "",
          fallbackUrl: callback.fallbackUrl ?? "",
          username: callback.username ?? "",
          password: callback.password ?? "",
          auth: callbackAuth.valueOf(callback.auth ?? "") ?? 0,
          format: callbackFormat.valueOf(callback.format ?? "") ?? 0,
        },
      }),
      ...(hostOptions && { hostOptions: toHostOptions(hostOptions) }),
    },
    paths: [
      ...Object.entries(PLAIN).flatMap(([name, path]) => (name in given ? [path] : [])),
      ...masked,
      ...(pinnedCourseVersionId === undefined ? [] : ["pinned_course_version_id"]),
      ...(instanced === undefined ? [] : ["instancing"]),
      ...(callback ? ["callback"] : []),
      ...(hostOptions ? ["host_options"] : []),
    ],
  };
}

function pickTerms(given: DispatchFields): z.output<typeof givenTerms> {
  return givenTerms.parse(given);
}
