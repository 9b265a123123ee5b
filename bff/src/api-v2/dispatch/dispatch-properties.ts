import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  CallbackAuth,
  CallbackFormat,
  type DispatchSchema,
  Instancing,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { z } from "zod";
import { postBackSchema } from "../postback/postback-schema.ts";

const AUTH = { undefined: CallbackAuth.FORM, form: CallbackAuth.FORM, httpbasic: CallbackAuth.BASIC } as const;
const FORMATS = {
  undefined: CallbackFormat.COURSE,
  course: CallbackFormat.COURSE,
  activity: CallbackFormat.ACTIVITY,
  full: CallbackFormat.FULL,
} as const;

/** Fields that creating and updating share: `UpdateDispatchSchema` of the vendor's API. */
export const dispatchProperties = z.object({
  allowNewRegistrations: z.boolean().nullish(),
  instanced: z.boolean().nullish(),
  registrationCap: z.number().int().min(0).nullish(),
  expirationDate: z.iso.datetime({ offset: true, local: true }).nullish(),
  enabled: z.boolean().nullish(),
  email: z.string().nullish(),
  notes: z.string().nullish(),
  postBack: postBackSchema.nullish(),
});
export type DispatchProperties = z.output<typeof dispatchProperties>;

/** Those of an update, which may set the count back. */
export const updateProperties = dispatchProperties.extend({ registrationCount: z.literal(0).nullish() });

/** A change to a dispatch: its fields, and which of them are meant. */
export interface DispatchChange {
  readonly fields: MessageInitShape<typeof DispatchSchema>;
  readonly paths: readonly string[];
}

/** What was given, as fields of our contract; what is absent or null stays as it is. */
export function toDispatchChange(
  given: DispatchProperties & { readonly tags?: readonly string[] | null | undefined },
): DispatchChange {
  const terms = {
    ...(given.allowNewRegistrations != null && { allowNewRegistrations: given.allowNewRegistrations }),
    ...(given.registrationCap != null && { usageLimit: given.registrationCap }),
    ...(given.expirationDate != null && { expireTime: timestampFromDate(utc(given.expirationDate)) }),
  };
  const { postBack } = given;
  const fields = {
    ...(Object.keys(terms).length > 0 && { terms }),
    ...(given.instanced != null && { instancing: given.instanced ? Instancing.INSTANCED : Instancing.STATIC }),
    ...(given.enabled != null && { enabled: given.enabled }),
    ...(given.email != null && { email: given.email }),
    ...(given.notes != null && { notes: given.notes }),
    ...(given.tags != null && { tags: [...given.tags] }),
    ...(postBack != null && {
      callback: {
        url: postBack.url,
        auth: postBack.userName ? AUTH[postBack.authType] : CallbackAuth.SIGNATURE,
        username: postBack.userName ?? "",
        password: postBack.password ?? "",
        format: FORMATS[postBack.resultsFormat],
      },
    }),
  };
  return { fields, paths: Object.keys(fields).flatMap((name) => (name === "terms" ? termPaths(terms) : [name])) };
}

const PATHS: Readonly<Record<string, string>> = {
  allowNewRegistrations: "terms.allow_new_registrations",
  usageLimit: "terms.usage_limit",
  expireTime: "terms.expire_time",
};

const termPaths = (terms: object): string[] => Object.keys(terms).flatMap((name) => PATHS[name] ?? []);

/** The vendor's times without a zone are UTC. */
function utc(text: string): Date {
  return new Date(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`);
}
