import type { z } from "zod";
import type { GuardedRoute } from "../http/guarded-route.ts";

/** A route with what its page in the OpenAPI document says. */
export interface DocumentedRoute extends GuardedRoute {
  /** Name of the operation for generated clients, for instance `createDispatch`. */
  readonly operationId: string;
  /** One line. */
  readonly summary: string;
  /** Group in the document. */
  readonly tag: string;
  /** Parameters after the question mark by name, with a sentence each. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** JSON the route takes. */
  readonly takes?: z.ZodType;
  /** `data` of the envelope; absent where the route sends a file or nothing. */
  readonly gives?: z.ZodType;
  /** Status of success. */
  readonly status: 200 | 201 | 202 | 204;
  /** Media type, when it is not JSON. */
  readonly sends?: string;
  /** Codes of errors besides those every route may give. */
  readonly codes?: readonly string[];
}
