import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { StatementService } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { XapiOperation } from "../request/xapi-request.ts";
import { requestRefused } from "../xapi-errors.ts";
import { type BodyLimits, receiveStatements } from "./receive-statements.ts";
import { uploadContent } from "./upload-content.ts";

/** PUT statements: one statement under the id of the address (XAPI-00143, XAPI-00144). */
export function putStatement(clients: Clients, limits: BodyLimits): XapiOperation {
  const statements = clients.of(StatementService);
  const upload = uploadContent(clients);
  return async (request) => {
    request.parameters.required("statementId", "XAPI-00145");
    const id = request.parameters.uuid("statementId") ?? "";
    const { json, attachments } = await receiveStatements(request, limits, upload);
    if (json.length < 2) throw requestRefused("statement-body", "body", "there is no statement in the body");
    await statements.storeStatements({
      statements: [{ json, id }],
      attachments: [...attachments],
      version: request.version,
    });
    return { status: 204 };
  };
}
