import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";

/** The moments that say whether a launch may still be opened. */
export interface LaunchMoments {
  readonly endKind: LaunchEnd;
  readonly expiresAt: Date;
  readonly openedAt?: Date | null | undefined;
  readonly activeAt?: Date | null | undefined;
}

/**
 * How a launch is over for those who want to open it or read its files; undefined while it is not. A closed window may come back (reload,
 * restored tab), and a launch that lost its lease may ask for it again. Revocation is for good. After Exit nothing is recorded any more
 * until the learner presses "Open again", which works for as long as the address would have.
 * @param reopening the learner asked for it, or the player's page and files are wanted.
 */
export function launchIsOver(
  launch: LaunchMoments,
  now: Date,
  idleSeconds: number,
  reopening = false,
): LaunchEnd | undefined {
  if (launch.endKind === LaunchEnd.REVOKED) return launch.endKind;
  if (launch.endKind === LaunchEnd.EXIT) return reopening && launch.expiresAt > now ? undefined : LaunchEnd.EXIT;
  if (!launch.openedAt) return launch.expiresAt <= now ? LaunchEnd.EXPIRED : undefined;
  const heard = launch.activeAt ?? launch.openedAt;
  return now.getTime() - heard.getTime() > idleSeconds * 1000 ? LaunchEnd.EXPIRED : undefined;
}
