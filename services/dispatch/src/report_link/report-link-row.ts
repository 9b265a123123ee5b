import { createHash, randomBytes } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type ReportLink, ReportLinkSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";

/** A link as it is stored. */
export interface ReportLinkRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly dispatch_id: string | null;
  readonly destination_id: string | null;
  readonly with_learners: boolean;
  readonly request_hash: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

/** 256 bits that nobody guesses. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is kept of a token. */
export const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** The page that shows a report. The token is in the fragment, which browsers neither send nor log. */
export const reportUrl = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/$/, "")}/report#${token}`;

export function toReportLink(row: ReportLinkRow): ReportLink {
  return create(ReportLinkSchema, {
    id: row.id,
    of:
      row.dispatch_id === null
        ? { case: "destinationId", value: row.destination_id ?? "" }
        : { case: "dispatchId", value: row.dispatch_id },
    withLearners: row.with_learners,
    createTime: timestampFromDate(row.created_at),
    ...(row.expires_at && { expireTime: timestampFromDate(row.expires_at) }),
    ...(row.last_used_at && { lastUseTime: timestampFromDate(row.last_used_at) }),
  });
}
