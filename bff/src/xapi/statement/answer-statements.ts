import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { runAs } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { iterateWith } from "@coursemesh/platform/rpc/iterate-with.ts";
import { AttachmentService } from "@coursemesh/proto/coursemesh/lrs/v1/attachment_pb.ts";
import type {
  Attachment,
  GetStatementResponse,
  QueryStatementsResponse,
} from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { multipartAnswer } from "../multipart/write-multipart.ts";
import { isoDown } from "../request/exact-time.ts";
import { JSON_TYPE, type XapiAnswer, type XapiRequest } from "../request/xapi-request.ts";
import { CONSISTENT_THROUGH_HEADER, type ConsistentThrough } from "./consistent-through.ts";

/** Writes statements out as the store gave them: JSON is put together, never parsed. */
export interface AnswerStatements {
  one(request: XapiRequest, found: GetStatementResponse, headers: Readonly<Record<string, string>>): XapiAnswer;
  page(request: XapiRequest, page: QueryStatementsResponse): XapiAnswer;
}

/** Where the next page is, from the root of this host. */
const MORE = "/xapi/statements/more";

const HEAD = Buffer.from('{"statements":[');
const COMMA = Buffer.from(",");

export function answerStatements(clients: Clients, consistentThrough: ConsistentThrough): AnswerStatements {
  const files = clients.of(AttachmentService);

  const write = (
    request: XapiRequest,
    json: Buffer,
    attachments: readonly Attachment[],
    headers: Readonly<Record<string, string>>,
  ): XapiAnswer => {
    if (!request.parameters.flag("attachments"))
      return { status: 200, headers: { "content-type": JSON_TYPE, ...headers }, body: json };
    const answer = multipartAnswer(json, attachments, (attachment) =>
      // The answer is written after the operation has ended.
      iterateWith(contentOf(attachment.sha2), (step) => runAs(request.caller, step)),
    );
    return { ...answer, headers: { ...answer.headers, ...headers } };
  };

  // The answer's own time, not a later one of another answer: readers go on from it.
  const sayThrough = (request: XapiRequest, through: Timestamp | undefined): Readonly<Record<string, string>> => {
    consistentThrough.note(request.caller, through);
    return through === undefined ? {} : { [CONSISTENT_THROUGH_HEADER]: isoDown(through) };
  };

  async function* contentOf(sha2: string): AsyncGenerator<Uint8Array> {
    for await (const { part } of files.downloadAttachment({ sha2 })) if (part.case === "chunk") yield part.value;
  }

  return {
    one(request, { statement, attachments, consistentThrough: through }, headers) {
      const said = sayThrough(request, through);
      return write(request, Buffer.from(statement?.json ?? new Uint8Array()), attachments, { ...headers, ...said });
    },
    page(request, { statements, attachments, moreToken, consistentThrough: through }) {
      const said = sayThrough(request, through);
      const kept = request.parameters.flag("attachments") ? "&attachments=true" : "";
      const more = moreToken === "" ? "" : `${MORE}?token=${encodeURIComponent(moreToken)}${kept}`;
      const pieces: Uint8Array[] = [HEAD];
      for (const [index, { json }] of statements.entries()) pieces.push(...(index > 0 ? [COMMA, json] : [json]));
      pieces.push(Buffer.from(`],"more":${JSON.stringify(more)}}`));
      return write(request, Buffer.concat(pieces), attachments, said);
    },
  };
}
