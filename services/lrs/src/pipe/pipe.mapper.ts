import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type DeadLetter,
  DeadLetterSchema,
  type Pipe,
  PipeProgressSchema,
  PipeSchema,
} from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import { type StatementFilter, StatementFilterSchema } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { timestampOfPosition } from "../statement/position.ts";
import type { DeadLetterRow } from "./dead-letter.entity.ts";
import type { PipeRow } from "./pipe.entity.ts";

/** What a pipe's row does not say. */
export interface PipeCounts {
  readonly waiting: number;
  readonly deadLetters: number;
}

/** A pipe as people see it: without its password. */
export function toPipe(row: PipeRow, { waiting, deadLetters }: PipeCounts): Pipe {
  const filter = filterOf(row.filter);
  const { forwardedPosition, lastAttemptAt } = row;
  return create(PipeSchema, {
    id: row.id,
    name: row.name,
    targetUrl: row.targetUrl,
    username: row.username,
    version: row.xapiVersion,
    ...(filter && { filter }),
    withAttachments: row.withAttachments,
    batchSize: row.batchSize,
    status: row.status,
    progress: create(PipeProgressSchema, {
      ...(forwardedPosition > 0 && { forwardedThrough: timestampOfPosition(forwardedPosition) }),
      forwardedCount: BigInt(row.forwardedCount),
      waitingCount: BigInt(waiting),
      deadLetterCount: BigInt(deadLetters),
      failureCount: row.failureCount,
      lastError: row.lastError,
      ...(lastAttemptAt && { lastAttemptTime: timestampFromDate(lastAttemptAt) }),
      nextAttemptTime: timestampFromDate(row.nextAttemptAt),
    }),
    createTime: timestampFromDate(row.createdAt),
    updateTime: timestampFromDate(row.updatedAt),
    etag: etagOf(row),
  });
}

export function toDeadLetter(row: DeadLetterRow): DeadLetter {
  const { id, statementId, httpStatus, error, refusedAt } = row;
  return create(DeadLetterSchema, { id, statementId, httpStatus, error, time: timestampFromDate(refusedAt) });
}

export function etagOf({ version }: { readonly version: number }): string {
  return String(version);
}

/** A filter as it is kept. */
export function filterBytes(filter: StatementFilter | undefined): Buffer {
  return Buffer.from(filter ? toBinary(StatementFilterSchema, filter) : []);
}

export function filterOf(bytes: Uint8Array): StatementFilter | undefined {
  return bytes.length > 0 ? fromBinary(StatementFilterSchema, bytes) : undefined;
}
