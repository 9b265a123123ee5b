import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema } from "@coursemesh/proto/google/rpc/error_details_pb.ts";
import { expect, it } from "vitest";
import { errorFacts } from "./error-facts.ts";

it("reads reason, permission and request id from an answer", () => {
  const info = create(ErrorInfoSchema, {
    reason: "PERMISSION_MISSING",
    domain: "coursemesh",
    metadata: { permission: "course:write" },
  });
  const error = new ConnectError("no", Code.PermissionDenied, { "x-request-id": "r1" }, [
    { desc: ErrorInfoSchema, value: info },
  ]);
  expect(errorFacts(error)).toEqual({
    kind: "forbidden",
    reason: "PERMISSION_MISSING",
    message: "no",
    requestId: "r1",
    permission: "course:write",
  });
});

it("takes a fetch that never got an answer as offline, and an unknown error of the server as failed", () => {
  expect(errorFacts(new TypeError("Failed to fetch")).kind).toBe("offline");
  expect(errorFacts(new ConnectError("broke", Code.Unknown, { "x-request-id": "r2" })).kind).toBe("failed");
});
