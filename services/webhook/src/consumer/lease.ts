import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import type { Position } from "../event/cursor.ts";

/** Events of one organization that a consumer has taken and not answered for: those behind `after` up to `through`. */
export interface Lease {
  readonly tenantId: string;
  readonly after: Position;
  readonly through: Position;
  readonly id: string;
}

const PATTERN = /^([0-9a-f-]{36})\/(\d{1,16})\/(\d{1,16})\/([0-9a-f-]{36})$/;

/** As consumers keep it; they are services of ours and send back what they got. */
export function writeLease({ tenantId, after, through, id }: Lease): string {
  return [tenantId, after, through, id].join("/");
}

/** @throws FIELD_INVALID for what is no lease */
export function readLease(text: string): Lease {
  const [, tenantId, after, through, id] = PATTERN.exec(text) ?? [];
  if (tenantId === undefined || id === undefined) throw fieldInvalid("outcome.lease", "is not one that was given out");
  return { tenantId, after: Number(after), through: Number(through), id };
}
