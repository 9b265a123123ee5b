import type { NewStatement } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { Finding } from "@coursemesh/xapi/finding.ts";
import { readJson } from "@coursemesh/xapi/read-json.ts";
import type { Statement } from "@coursemesh/xapi/statement.ts";
import { validateStatement } from "@coursemesh/xapi/validate-statement.ts";
import type { XapiVersion } from "@coursemesh/xapi/version.ts";
import { statementInvalid } from "../errors.ts";

/** A valid statement with the text it came as. */
export interface ReadStatement {
  readonly json: string;
  readonly value: Statement;
  /** Id of the request or of the statement, in lower case; empty when neither has one. */
  readonly id: string;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads and checks one statement of a batch. @throws STATEMENT_INVALID */
export function readStatement({ json, id }: NewStatement, index: number, version: XapiVersion): ReadStatement {
  const text = decode(json, index);
  const read = readJson(text);
  if ("finding" in read) throw invalid(index, read.finding);
  const [finding] = validateStatement(read.value, version);
  if (finding) throw invalid(index, finding);
  const value = read.value as Statement;
  const own = value.id?.toLowerCase() ?? "";
  const asked = id.toLowerCase();
  if (own !== "" && asked !== "" && own !== asked) {
    const message = "is not the id that the request names";
    throw invalid(index, { path: "$.id", requirement: "XAPI-00148", message });
  }
  return { json: text, value, id: own || asked };
}

function decode(json: Uint8Array, index: number): string {
  try {
    return utf8.decode(json);
  } catch {
    throw invalid(index, { path: "$", requirement: "XAPI-00014", message: "is no UTF-8" });
  }
}

/** STATEMENT_INVALID with what was found. @param index in the batch. */
export function invalid(index: number, { path, requirement, message }: Finding): Error {
  const metadata = { index: String(index), path, requirement, description: message };
  return statementInvalid(metadata, `${path}: ${message}`);
}
