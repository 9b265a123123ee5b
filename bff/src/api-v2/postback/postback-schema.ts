import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  PostbackAuth,
  PostbackResults,
  type PostbackSettingsSchema,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { z } from "zod";

/** A word of the vendor's, in whatever case; its clients send `UNDEFINED` for one that was not chosen. */
const word = z
  .string()
  .nullish()
  .transform((text) => (text ?? "undefined").toLowerCase());

/** The vendor's PostBackSchema, without the XML of their API v1. */
export const postBackSchema = z.object({
  url: z.url({ protocol: /^https?$/, error: "must be an http or https address" }),
  authType: word.pipe(z.enum(["undefined", "form", "httpbasic"], { error: "must be FORM or HTTPBASIC" })),
  userName: z.string().nullish(),
  password: z.string().nullish(),
  resultsFormat: word.pipe(
    z.enum(["undefined", "course", "activity", "full"], { error: "must be COURSE, ACTIVITY or FULL" }),
  ),
  legacy: z
    .boolean()
    .nullish()
    .refine((legacy) => !legacy, { error: "asks for the XML of API v1, which is not sent here" }),
});

export type PostBack = z.output<typeof postBackSchema>;

const AUTH = { undefined: PostbackAuth.FORM, form: PostbackAuth.FORM, httpbasic: PostbackAuth.BASIC } as const;
const RESULTS = {
  undefined: PostbackResults.COURSE,
  course: PostbackResults.COURSE,
  activity: PostbackResults.ACTIVITY,
  full: PostbackResults.FULL,
} as const;

/** The same as a postback endpoint's settings. */
export function toPostbackSettings(postBack: PostBack): MessageInitShape<typeof PostbackSettingsSchema> {
  return {
    auth: AUTH[postBack.authType],
    results: RESULTS[postBack.resultsFormat],
    username: postBack.userName ?? "",
    password: postBack.password ?? "",
  };
}
