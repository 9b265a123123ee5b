import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { ViewerSchema } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import { describe, expect, it, vi } from "vitest";
import { Session, type SessionCalls } from "./session.ts";

const viewer = (accessToken: string) => create(ViewerSchema, { accessToken, accessSeconds: 600 });

function sessionWith(refresh: SessionCalls["refresh"], now: () => number = () => 0) {
  const calls: SessionCalls = {
    signIn: async () => viewer("first"),
    refresh,
    signOut: async () => {},
    switchOrganization: async () => viewer("other"),
  };
  return new Session(calls, now);
}

describe("session", () => {
  it("shares one refresh between callers at the same time", async () => {
    const refresh = vi.fn(async () => viewer("a"));
    const session = sessionWith(refresh);
    await Promise.all([session.refresh(), session.refresh(), session.start()]);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("renews the token before it ends, not at every call", async () => {
    let clock = 0;
    const refresh = vi.fn(async () => viewer("second"));
    const session = sessionWith(refresh, () => clock);
    await session.signIn("a@example.org", "secret");
    expect(await session.accessToken()).toBe("first");
    clock = 571_000;
    expect(await session.accessToken()).toBe("second");
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("is signed out when the cookie is refused, and says that a running session ended", async () => {
    const session = sessionWith(async () => {
      throw new ConnectError("ended", Code.Unauthenticated);
    });
    await session.start();
    expect(session.state()).toEqual({ status: "signed-out", ended: false });
    await session.signIn("a@example.org", "secret");
    await session.refresh();
    expect(session.state()).toEqual({ status: "signed-out", ended: true });
  });

  it("does not sign anybody out because the network is away", async () => {
    const session = sessionWith(async () => {
      throw new ConnectError("down", Code.Unavailable);
    });
    await session.signIn("a@example.org", "secret");
    await expect(session.refresh()).rejects.toThrow("down");
    expect(session.state().status).toBe("signed-in");
  });
});
