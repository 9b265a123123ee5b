import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Statement } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { StatementRowSchema } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";

export function toStatementRow(statement: Statement): MessageInitShape<typeof StatementRowSchema> {
  const { id, stored, json, voided, attachmentHashes } = statement;
  return { id, stored: millisOf(stored), json: Buffer.from(json).toString("utf8"), voided, attachmentHashes };
}
