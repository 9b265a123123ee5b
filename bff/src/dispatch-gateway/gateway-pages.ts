import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { create } from "@bufbuild/protobuf";
import { runAs } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type DispatchBranding, DispatchBrandingSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/branding_pb.ts";
import {
  type Admission,
  LaunchService,
  type RefusalPage,
  RefusalPageSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { edge } from "../content-origin/launch-directory.ts";
import { toHttpFailure } from "../http/http-errors.ts";
import { aiccParameters } from "./aicc-parameters.ts";
import { bridgeHeaders } from "./bridge-headers.ts";
import { bridgeHtml } from "./bridge-html.ts";
import type { GatewayLimit } from "./gateway-limits.ts";
import { messageJson } from "./gateway-message.ts";
import { hostFacts } from "./host-facts.ts";
import { type Failure, NOT_FROM_HOST, refusalOfError } from "./refusal-words.ts";

/** What the pages are made with. */
export interface GatewayPagesDeps {
  readonly clients: Clients;
  readonly limit: GatewayLimit;
  /** Path of the gateway, without a slash at the end. */
  readonly prefix: string;
  readonly contentUrl: string;
  /** Folder of the built web UI; the bridge's script and style are below `bridge`. */
  readonly webDir: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Pages that learners' browsers open: around the player, from AICC hosts, from launch links. A refusal is a page, never an error's text. */
export async function gatewayPages(scope: FastifyInstance, deps: GatewayPagesDeps): Promise<void> {
  const { clients, limit, prefix, contentUrl } = deps;
  const launches = clients.of(LaunchService);

  const sendPage = (reply: FastifyReply, page: PageParts): FastifyReply => {
    const { branding, dispatchId, failure } = page;
    const refusal = failure?.page;
    const ownSheet = branding.css !== "" && dispatchId !== "" ? [`${prefix}/bridge/${dispatchId}/branding.css`] : [];
    // One that cannot be named in a policy would be blocked anyway.
    const foreignSheet = /^https?:\/\//i.test(branding.cssUrl) ? [branding.cssUrl] : [];
    reply.removeHeader("x-frame-options");
    return reply
      .headers(bridgeHeaders({ frameAncestors: page.frameAncestors, contentUrl, cssUrl: branding.cssUrl }))
      .type("text/html; charset=utf-8")
      .send(
        bridgeHtml({
          assets: `${prefix}/assets`,
          title: page.title,
          stylesheets: [...foreignSheet, ...ownSheet],
          data: {
            dispatchId,
            branding: messageJson(DispatchBrandingSchema, { ...branding, css: "", cssUrl: "" }),
            ...(failure && { kind: failure.kind, refusal: messageJson(RefusalPageSchema, failure.page) }),
          },
          heading: refusal?.title ?? "",
          text: refusal?.text ?? "",
        }),
      );
  };
  const refuse = (reply: FastifyReply, failure: Failure, dispatchId: string): FastifyReply =>
    sendPage(reply, {
      dispatchId,
      failure,
      branding: failure.page.branding ?? create(DispatchBrandingSchema),
      title: failure.page.title,
      // Without a player in it there is nothing to protect from being framed.
      frameAncestors: ["*"],
    });

  scope.setErrorHandler(async (error: Error, request, reply) => {
    const { status } = toHttpFailure(error, request);
    const { dispatchId = "" } = paramsOf(request);
    return refuse(reply.code(status), refusalOfError(error, status), UUID.test(dispatchId) ? dispatchId : "");
  });

  scope.get<{ Params: DispatchParams }>("/bridge/:dispatchId", async (request, reply) => {
    const { dispatchId } = request.params;
    await limit(request, reply, "page", dispatchId);
    const { branding, frameAncestors, courseTitle } = await runAs(edge, () => launches.getBridge({ dispatchId }));
    return sendPage(reply, {
      dispatchId,
      branding: branding ?? create(DispatchBrandingSchema),
      title: courseTitle === "" ? "Course" : courseTitle,
      frameAncestors,
      failure: undefined,
    });
  });

  // A file of its own and of its own type: in a page it could say anything.
  scope.get<{ Params: DispatchParams }>("/bridge/:dispatchId/branding.css", async (request, reply) => {
    const { dispatchId } = request.params;
    await limit(request, reply, "page", dispatchId);
    const { branding } = await runAs(edge, () => launches.getBridge({ dispatchId }));
    return reply
      .header("cache-control", "public, max-age=60")
      .type("text/css; charset=utf-8")
      .send(branding?.css ?? "");
  });

  scope.get<{ Params: AiccParams }>("/aicc/:dispatchId/:packageId/:signature", async (request, reply) => {
    const { dispatchId, packageId, signature } = request.params;
    await limit(request, reply, "launch", dispatchId);
    const host = aiccParameters(request.query);
    if (host === undefined) return refuse(reply.code(400), NOT_FROM_HOST, dispatchId);
    const { outcome } = await runAs(edge, () =>
      launches.openAiccLaunch({
        dispatchId,
        packageId,
        packageSignature: signature,
        aiccSid: host.sid,
        aiccUrl: host.url,
        host: hostFacts(request),
      }),
    );
    return answer(reply, outcome, dispatchId);
  });

  scope.get<{ Params: { readonly token: string } }>("/links/:token", async (request, reply) => {
    const { token } = request.params;
    await limit(request, reply, "launch", token);
    const { outcome } = await runAs(edge, () => launches.openLaunchLink({ token, host: hostFacts(request) }));
    return answer(reply, outcome, "");
  });

  const answer = (reply: FastifyReply, outcome: LaunchOutcome, dispatchId: string): FastifyReply => {
    reply.header("cache-control", "no-store");
    if (outcome.case === "admission") return reply.redirect(addressOf(outcome.value), 303);
    if (outcome.case === "refusal") return refuse(reply, { kind: "refused", page: outcome.value }, dispatchId);
    throw new Error("a launch was neither admitted nor refused");
  };

  const root = join(resolve(deps.webDir), "bridge");
  await scope.register(fastifyStatic, {
    root,
    prefix: "/assets/",
    serve: existsSync(root),
    index: false,
    cacheControl: false,
    decorateReply: false,
    setHeaders: (reply) => {
      reply.header("cache-control", "no-cache");
    },
  });
}

interface DispatchParams {
  readonly dispatchId: string;
}

interface AiccParams extends DispatchParams {
  readonly packageId: string;
  readonly signature: string;
}

interface PageParts {
  readonly dispatchId: string;
  readonly branding: DispatchBranding;
  readonly title: string;
  readonly frameAncestors: readonly string[];
  readonly failure: Failure | undefined;
}

type LaunchOutcome =
  | { readonly case: "admission"; readonly value: Admission }
  | { readonly case: "refusal"; readonly value: RefusalPage }
  | { readonly case: undefined };

/** Address of the page around the player; the code is in the fragment, which is sent to nobody. */
function addressOf({ playerUrl, code }: Admission): string {
  const address = new URL(playerUrl);
  if (code !== "") address.hash = code;
  return address.href;
}

function paramsOf({ params }: FastifyRequest): Readonly<Record<string, string>> {
  return typeof params === "object" && params !== null ? { ...params } : {};
}
