import type { HttpFailure } from "../http/http-errors.ts";

/** What every answer of this API is. */
export interface Envelope {
  readonly success: boolean;
  /** Null after an error. */
  readonly data: unknown;
  readonly error?: EnvelopeError;
}

/** What went wrong. */
export interface EnvelopeError {
  /** As in the `ErrorReason` enums, for instance `CURSOR_TOO_OLD`. */
  readonly code: string;
  readonly message: string;
  /** Parameter that is wrong; absent when none is. */
  readonly parameter?: string;
  /** What the reason says besides. */
  readonly details: Readonly<Record<string, string>>;
  readonly requestId: string;
}

/** Parameters by the names of the fields that services complain of. */
const PARAMETERS: Readonly<Record<string, string>> = {
  "filter.types": "type",
  "filter.course_ids": "course",
  after_cursor: "cursor",
};

export function succeeded(data: unknown): Envelope {
  return { success: true, data };
}

export function failed({ reason, code, message, metadata, requestId }: HttpFailure): Envelope {
  const { field, description: _, ...details } = metadata;
  const parameter = reason.startsWith("CURSOR_") ? "cursor" : field && (PARAMETERS[field] ?? field);
  return {
    success: false,
    data: null,
    error: {
      code: reason || code.toUpperCase(),
      message,
      ...(parameter && { parameter }),
      details,
      requestId,
    },
  };
}
