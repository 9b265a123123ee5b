import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { z } from "zod";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { readImportTarget } from "./import-target.ts";

const fetchRequest = z.object({ url: z.string().min(1), tags: z.array(z.string()).default([]) });

/** `POST /courses/importJobs`: a package that we fetch from an address. */
export function createFetchImport({ clients }: ApiDeps): Operation {
  return async ({ query, body }) => {
    const { url, tags } = readBody(fetchRequest, body);
    const target = await readImportTarget(clients, query);
    const answer = await clients
      .of(ImportService)
      .createImport({ requestId: uuidV7(), source: { case: "fetchUrl", value: url }, ...target, tags });
    return { status: 200, body: { result: answer.import?.id } };
  };
}
