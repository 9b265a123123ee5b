import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { describe, expect, it } from "vitest";
import { type LaunchMoments, launchIsOver } from "./launch-over.ts";

const at = (seconds: number): Date => new Date(seconds * 1000);
const fresh: LaunchMoments = { endKind: LaunchEnd.UNSPECIFIED, expiresAt: at(100) };
const over = (launch: Partial<LaunchMoments>, now: number) => launchIsOver({ ...fresh, ...launch }, at(now), 50);

describe("a launch is over", () => {
  it("when its address was not opened in time", () => {
    expect([over({}, 99), over({}, 100)]).toEqual([undefined, LaunchEnd.EXPIRED]);
  });

  it("when it was opened and nothing was heard of it for long, however long its address lasts", () => {
    const opened = { openedAt: at(90), activeAt: at(120) };
    expect([over(opened, 170), over(opened, 171)]).toEqual([undefined, LaunchEnd.EXPIRED]);
  });

  it("after Exit and revocation, and not after a closed window or a lost lease", () => {
    const ends = [LaunchEnd.EXIT, LaunchEnd.REVOKED, LaunchEnd.CLOSED, LaunchEnd.SUPERSEDED];
    expect(ends.map((endKind) => over({ endKind, openedAt: at(1) }, 2))).toEqual([
      LaunchEnd.EXIT,
      LaunchEnd.REVOKED,
      undefined,
      undefined,
    ]);
  });

  it("after Exit not for those who ask to open it again, until its address expires", () => {
    const exited = { ...fresh, endKind: LaunchEnd.EXIT, openedAt: at(1) };
    expect([99, 100].map((now) => launchIsOver(exited, at(now), 50, true))).toEqual([undefined, LaunchEnd.EXIT]);
    const revoked = { ...exited, endKind: LaunchEnd.REVOKED };
    expect(launchIsOver(revoked, at(2), 50, true)).toBe(LaunchEnd.REVOKED);
  });
});
