import { type ConnectRouter, createContextValues, type Interceptor } from "@connectrpc/connect";
import { fastifyConnectPlugin } from "@connectrpc/connect-fastify";
import { requireAccessDeclared } from "@coursemesh/platform/rpc/access.ts";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { PeopleViewService } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { RegistrationViewService } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { SessionViewService } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import type { FastifyInstance } from "fastify";
import { courseView } from "./course/course-view.ts";
import { ignoreNeedlessCredentials } from "./needless-credentials.ts";
import { overviewView } from "./overview/overview-view.ts";
import { peopleView } from "./people/people-view.ts";
import { registrationView } from "./registration/registration-view.ts";
import { relayedErrors } from "./relayed-errors.ts";
import { addressKey } from "./session/caller-address.ts";
import { sessionView } from "./session/session-view.ts";
import type { ViewDeps } from "./view-deps.ts";

/** Every service of the web contract. */
export const viewServices = [
  SessionViewService,
  OverviewViewService,
  CourseViewService,
  RegistrationViewService,
  PeopleViewService,
] as const;

function viewRoutes(router: ConnectRouter, deps: ViewDeps): void {
  router.service(SessionViewService, sessionView(deps));
  router.service(OverviewViewService, overviewView(deps));
  router.service(CourseViewService, courseView(deps));
  router.service(RegistrationViewService, registrationView(deps));
  router.service(PeopleViewService, peopleView(deps));
}

/** The web API below `/rpc`. Access is as each contract declares it, checked by the same interceptors as in services. */
export async function rpcRoutes(server: FastifyInstance, deps: ViewDeps, interceptors: Interceptor[]): Promise<void> {
  requireAccessDeclared(viewServices);
  await server.register(fastifyConnectPlugin, {
    prefix: "/rpc",
    interceptors: [ignoreNeedlessCredentials, ...interceptors, relayedErrors],
    readMaxBytes: 1024 * 1024,
    shutdownTimeoutMs: 1_000,
    contextValues: (request) => createContextValues().set(addressKey, request.ip),
    routes: (router) => viewRoutes(router, deps),
  });
}
