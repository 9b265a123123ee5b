import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type ExternalSession,
  ExternalSessionService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { z } from "zod";
import { isoOf } from "../../contract/timestamp.ts";
import { needs } from "../../http/guarded-route.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { succeeded } from "../envelope.ts";
import { numberedPage, PAGE_PARAMETERS, pageSchema, readPageWish } from "../numbered-page.ts";
import { findDispatch } from "./find.ts";
import { acknowledgement, completion, success } from "./texts.ts";

const tag = "Sessions";

/** A learner of a customer's LMS in one instance of a dispatched course. */
const sessionData = z.object({
  id: z.string(),
  dispatchId: z.string(),
  deploymentId: z.string(),
  registrationId: z.string(),
  learnerId: z.string(),
  learnerName: z.string(),
  learnerEmail: z.string(),
  launchedAt: z.string().nullable(),
  lastActivityAt: z.string().nullable(),
  launches: z.int(),
  completion: z.string(),
  success: z.string(),
  scoreRaw: z.number().nullable(),
  scoreMin: z.number().nullable(),
  scoreMax: z.number().nullable(),
  totalSeconds: z.number(),
  acknowledgement: z.string().describe(`Whether the customer's LMS has it: ${acknowledgement.names.join(", ")}.`),
  revoked: z.boolean(),
});
const withCmi = sessionData.extend({ cmi: z.unknown().describe("The course's data model.") });

function toSessionData(session: ExternalSession): z.output<typeof sessionData> {
  const { result } = session;
  return {
    id: session.id,
    dispatchId: session.dispatchId,
    deploymentId: session.deploymentId,
    registrationId: session.registrationId,
    learnerId: session.learnerId,
    learnerName: session.learnerName,
    learnerEmail: session.learnerEmail,
    launchedAt: isoOf(session.launchTime) ?? null,
    lastActivityAt: isoOf(session.lastActivityTime) ?? null,
    launches: Number(session.launchCount),
    completion: completion.textOf(result?.completion ?? 0),
    success: success.textOf(result?.success ?? 0),
    scoreRaw: result?.score?.raw ?? null,
    scoreMin: result?.score?.min ?? null,
    scoreMax: result?.score?.max ?? null,
    totalSeconds: result?.totalSeconds ?? 0,
    acknowledgement: acknowledgement.textOf(session.acknowledgement),
    revoked: session.revoked,
  };
}

function parsed(json: Uint8Array): unknown {
  const text = Buffer.from(json).toString();
  return text === "" ? null : JSON.parse(text);
}

/** Sessions of learners that launch from other LMSs. */
export function sessionRoutes(clients: Clients): readonly DocumentedRoute[] {
  const service = clients.of(ExternalSessionService);
  return [
    {
      ...{ method: "GET", path: "/dispatch/dispatches/:id/sessions", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "listSessions", summary: "Lists learners of a dispatch, last active first", tag, status: 200 },
      parameters: {
        ...PAGE_PARAMETERS,
        q: "Part of the learner's id, name or address.",
        finished: "true: only those that are complete, passed or failed here.",
        acknowledgement: `Only these: ${acknowledgement.names.join(", ")}.`,
      },
      gives: z.object({ sessions: z.array(sessionData), ...pageSchema.shape }),
      codes: ["DISPATCH_NOT_FOUND"],
      async operation({ params, query }) {
        const { id } = await findDispatch(clients, params.id);
        const filter = {
          dispatchId: id,
          query: query.text("q") ?? "",
          finished: query.flag("finished"),
          acknowledgements: query.list("acknowledgement").flatMap((text) => acknowledgement.valueOf(text) ?? []),
        };
        const { rows, paging } = await numberedPage(readPageWish(query), async (page) => {
          const read = await service.listExternalSessions({ ...filter, page });
          return {
            rows: read.externalSessions,
            nextPageToken: read.page?.nextPageToken ?? "",
            total: Number(read.page?.total ?? 0n),
          };
        });
        return { status: 200, body: succeeded({ sessions: rows.map(toSessionData), ...paging }) };
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/sessions/:id", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "getSession", summary: "Reads a session with its data model", tag, status: 200 },
      gives: withCmi,
      codes: ["EXTERNAL_SESSION_NOT_FOUND"],
      async operation({ params }) {
        const { externalSession } = await service.getExternalSession({ id: params.id ?? "" });
        const data = externalSession && { ...toSessionData(externalSession), cmi: parsed(externalSession.cmiJson) };
        return { status: 200, body: succeeded(data ?? null) };
      },
    },
    {
      ...{ method: "DELETE", path: "/dispatch/sessions/:id", access: needs(Permission.DISPATCH_WRITE) },
      ...{ operationId: "revokeSession", summary: "Ends a session at once; its results stay", tag, status: 200 },
      codes: ["EXTERNAL_SESSION_NOT_FOUND"],
      async operation({ params }) {
        await service.revokeExternalSession({ id: params.id ?? "" });
        return { status: 200, body: succeeded(null) };
      },
    },
  ];
}
