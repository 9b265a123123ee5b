import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import {
  OrganizationRefSchema,
  SessionViewService,
  ViewerSchema,
} from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import { fixtureId } from "./ids.ts";
import type { Scenario } from "./scenario.ts";

const READ = ["course:read", "registration:read", "member:read", "key:read"];
const WRITE = [
  "course:write",
  "course:delete",
  "registration:write",
  "registration:delete",
  "launch:write",
  "member:write",
  "key:write",
];
const KEY = "coursemesh.fake.signed-in";

/** Signing in with any password but "wrong". */
export function fakeSession(router: ConnectRouter, scenario: Scenario): void {
  const role = scenario === "viewer" ? "viewer" : "owner";
  const organizations = [
    create(OrganizationRefSchema, { id: fixtureId("9", 1), name: "Northwind Academy", slug: "northwind", role }),
    create(OrganizationRefSchema, { id: fixtureId("9", 2), name: "Contoso Health", slug: "contoso", role: "admin" }),
  ];
  const viewer = (organizationId = organizations[0]?.id) =>
    create(ViewerSchema, {
      personId: fixtureId("1", 1),
      name: "Ana Petrova",
      email: "ana@northwind.example",
      ...spread(organizations.find((each) => each.id === organizationId)),
      organizations,
      scopes: role === "viewer" ? READ : [...READ, ...WRITE],
      accessToken: "fixture",
      accessSeconds: 1800,
    });
  router.service(SessionViewService, {
    signIn(request) {
      if (request.password === "wrong")
        throw new ConnectError("wrong", Code.Unauthenticated, { "x-request-id": "req_5tKp0a" });
      sessionStorage.setItem(KEY, "yes");
      return { viewer: viewer() };
    },
    refresh() {
      const signedIn = scenario !== "signed-out" || sessionStorage.getItem(KEY) === "yes";
      if (!signedIn) throw new ConnectError("no session", Code.Unauthenticated);
      return { viewer: viewer() };
    },
    signOut() {
      sessionStorage.removeItem(KEY);
      return {};
    },
    changePassword(request) {
      if (request.currentPassword === "wrong")
        throw new ConnectError("current_password: is not your present password", Code.InvalidArgument);
      return {};
    },
    switchOrganization: (request) => ({ viewer: viewer(request.organizationId) }),
  });
}

function spread<T>(organization: T | undefined): { organization?: T } {
  return organization ? { organization } : {};
}
