import { Code, ConnectError } from "@connectrpc/connect";
import { permissionMissing } from "@coursemesh/platform/errors/service-error.ts";
import type { FastifyRequest } from "fastify";
import { describe, expect, it, vi } from "vitest";
import { toHttpFailure } from "./http-errors.ts";

const request = () => ({ id: "r1", routeOptions: { url: "/x" }, log: { error: vi.fn() } }) as unknown as FastifyRequest;

describe("an error over plain HTTP", () => {
  it("keeps reason and facts", () =>
    expect(toHttpFailure(permissionMissing("course:write"), request())).toMatchObject({
      status: 403,
      code: "permission_denied",
      reason: "PERMISSION_MISSING",
      metadata: { permission: "course:write" },
      requestId: "r1",
    }));

  it("says nothing about a fault of ours and logs it", () => {
    const asked = request();
    expect(toHttpFailure(new Error("password=hunter2"), asked)).toMatchObject({
      status: 500,
      reason: "INTERNAL",
      message: "something went wrong on our side",
    });
    expect(asked.log.error).toHaveBeenCalledOnce();
  });

  it("treats an internal error without a reason as a fault of ours", () =>
    expect(toHttpFailure(new ConnectError("select * failed", Code.Internal), request()).message).not.toContain(
      "select",
    ));

  it("passes on that a body is no JSON", () =>
    expect(toHttpFailure(Object.assign(new Error("no JSON"), { statusCode: 400 }), request())).toMatchObject({
      status: 400,
      message: "no JSON",
    }));
});
