import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { z } from "zod";
import { isoOf } from "../../contract/timestamp.ts";
import { needs } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { succeeded } from "../envelope.ts";
import { findDispatch } from "./find.ts";

const DAY = 24 * 60 * 60;

const createBody = z.object({
  learner: z.object({
    id: z.string().min(1).max(255),
    name: z.string().max(500).optional(),
    email: z.email().optional(),
    language: z.string().max(35).optional(),
  }),
  returnUrl: z.url().optional().describe("Where the learner goes afterwards."),
  expireSeconds: z
    .int()
    .min(60)
    .max(365 * DAY)
    .optional()
    .describe("A day when absent."),
});

/** Tenant launch links: a dispatch for one learner, without an LMS. */
export function launchLinkRoutes(clients: Clients): readonly DocumentedRoute[] {
  return [
    {
      ...{ method: "POST", path: "/dispatch/dispatches/:id/launch-links", access: needs(Permission.DISPATCH_WRITE) },
      ...{ operationId: "createLaunchLink", summary: "Makes a link that starts the course for one learner" },
      ...{ tag: "Launch links", status: 201 },
      takes: createBody,
      gives: z.object({ url: z.string(), expiresAt: z.string().nullable() }),
      codes: ["DISPATCH_NOT_FOUND"],
      async operation({ params, body }) {
        const { learner, returnUrl, expireSeconds } = readBody(createBody, body);
        const { id } = await findDispatch(clients, params.id);
        const { url, expireTime } = await clients.of(LaunchService).createLaunchLink({
          requestId: uuidV7(),
          dispatchId: id,
          learner: {
            id: learner.id,
            name: learner.name ?? "",
            email: learner.email ?? "",
            language: learner.language ?? "",
          },
          returnUrl: returnUrl ?? "",
          expireSeconds: expireSeconds ?? DAY,
        });
        return { status: 201, body: succeeded({ url, expiresAt: isoOf(expireTime) ?? null }) };
      },
    },
  ];
}
