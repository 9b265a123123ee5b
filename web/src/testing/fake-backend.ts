import { Code, ConnectError, createRouterTransport, type Interceptor } from "@connectrpc/connect";
import { SessionViewService } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import type { Backend } from "../app/backend.ts";
import type { UploadClient } from "../lib/uploads/upload-client.ts";
import { fakeCourses } from "./fake-courses.ts";
import { fakePeople } from "./fake-people.ts";
import { fakeSession } from "./fake-session.ts";
import { fixtureId } from "./ids.ts";
import { imports, startedImport } from "./import-fixtures.ts";
import { type Scenario, scenario } from "./scenario.ts";

/** A backend inside the page, for screenshots, component tests and work on the UI without a server. */
export function fakeBackend(): Backend {
  const played = scenario();
  return {
    transport: (interceptors: Interceptor[]) =>
      createRouterTransport(
        (router) => {
          fakeSession(router, played);
          fakeCourses(router, played);
          fakePeople(router, played);
        },
        { transport: { interceptors: [...interceptors, troubles(played)] } },
      ),
    uploads: fakeUploads,
  };
}

/** Lets every call but those of the session fail or hang, as the scenario says. */
function troubles(played: Scenario): Interceptor {
  return (next) => (request) => {
    if (request.service.typeName === SessionViewService.typeName) return next(request);
    if (played === "loading") return new Promise(() => {});
    if (played === "error")
      throw new ConnectError("the runtime service is not there at the moment", Code.Internal, {
        "x-request-id": "req_7Fq2mX",
      });
    return next(request);
  };
}

function fakeUploads(): UploadClient {
  const received = new Map<string, number>();
  let name = "";
  return {
    async open(requestId, file) {
      name = file.name;
      return { id: requestId, receivedBytes: received.get(requestId) ?? 0 };
    },
    async append(id, offset, slice, sent) {
      sent(slice.size / 2);
      await new Promise((resolve) => setTimeout(resolve, 120));
      received.set(id, offset + slice.size);
      return offset + slice.size;
    },
    async startImport() {
      const id = fixtureId("e", 100 + imports.length);
      imports.unshift(startedImport(id, name));
      return id;
    },
  };
}
