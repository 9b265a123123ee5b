import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import type { z } from "zod";

/** Reads a JSON body. @throws FIELD_INVALID naming the first field that is wrong. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw fieldInvalid(issue?.path.join(".") || "body", issue?.message ?? "is not in the form asked for");
}
