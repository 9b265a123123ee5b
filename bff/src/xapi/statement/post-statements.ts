import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { StatementService } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { jsonAnswer, type XapiOperation } from "../request/xapi-request.ts";
import { type BodyLimits, receiveStatements } from "./receive-statements.ts";
import { splitBatch } from "./split-batch.ts";
import { uploadContent } from "./upload-content.ts";

/** POST statements: one, or an array of them, all or nothing. Answers their ids in order (XAPI-00146, XAPI-00147). */
export function postStatements(clients: Clients, limits: BodyLimits): XapiOperation {
  const statements = clients.of(StatementService);
  const upload = uploadContent(clients);
  return async (request) => {
    const { json, attachments } = await receiveStatements(request, limits, upload);
    const { ids } = await statements.storeStatements({
      statements: splitBatch(json).map((one) => ({ json: one })),
      attachments: [...attachments],
      version: request.version,
    });
    return jsonAnswer(ids);
  };
}
