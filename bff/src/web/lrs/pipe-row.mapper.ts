import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type DeadLetter,
  type Pipe,
  type PipeSchema,
  PipeStatus,
} from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import type {
  DeadLetterRowSchema,
  PipeDraft,
  PipeRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { toFilterView, toStatementFilter } from "../statement/statement-filter.mapper.ts";
import { textOfVersion, versionOfText } from "./xapi-version-text.ts";

export function toPipeRow(pipe: Pipe): MessageInitShape<typeof PipeRowSchema> {
  const { id, name, targetUrl, username, withAttachments, batchSize, etag, progress } = pipe;
  const filter = toFilterView(pipe.filter);
  return {
    id,
    name,
    targetUrl,
    username,
    version: textOfVersion(pipe.version),
    ...(filter && { filter }),
    withAttachments,
    batchSize,
    status: textOfEnum(PipeStatus, pipe.status),
    forwardedThrough: millisOf(progress?.forwardedThrough),
    forwardedCount: progress?.forwardedCount ?? 0n,
    waitingCount: progress?.waitingCount ?? 0n,
    deadLetterCount: progress?.deadLetterCount ?? 0n,
    failureCount: progress?.failureCount ?? 0,
    lastError: progress?.lastError ?? "",
    lastAttemptTime: millisOf(progress?.lastAttemptTime),
    nextAttemptTime: millisOf(progress?.nextAttemptTime),
    etag,
  };
}

export function toDeadLetterRow(letter: DeadLetter): MessageInitShape<typeof DeadLetterRowSchema> {
  const { id, statementId, httpStatus, error, time } = letter;
  return { id, statementId, httpStatus, error, time: millisOf(time) };
}

/** What a person entered, as the store wants it. @throws FIELD_INVALID for a version that is none */
export function toPipe(draft: PipeDraft | undefined, password: string): MessageInitShape<typeof PipeSchema> {
  if (draft === undefined) return {};
  const { name, targetUrl, username, filter, withAttachments, batchSize } = draft;
  const version = versionOfText(draft.version, "draft.version");
  return {
    name,
    targetUrl,
    username,
    password,
    version,
    filter: toStatementFilter(filter),
    withAttachments,
    batchSize,
  };
}
