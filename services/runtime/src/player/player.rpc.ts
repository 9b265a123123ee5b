import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { OpenLaunchResponseSchema, type PlayerService } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import type pg from "pg";
import type { Catalog } from "../catalog/catalog.ts";
import { launchNotFound } from "../errors.ts";
import { type JournalWriter, over } from "../journal/append-journal.ts";
import type { InstanceMemory, JournalInstance } from "../journal/instance-memory.ts";
import { readCalls } from "../journal/read-calls.ts";
import { resumeLaunch } from "../journal/resume-launch.ts";
import type { Turns } from "../journal/turns.ts";
import type { LaunchDirectory } from "../launch/launch-directory.ts";
import { launchIsOver } from "../launch/launch-over.ts";
import { readLaunch } from "../launch/present-launch.ts";
import { resultMessage } from "../result/result.ts";
import type { LaunchEnder } from "./launch-ender.ts";
import { openLaunch } from "./open-launch.ts";

/** What the player's calls need. */
export interface PlayerDeps {
  readonly pool: () => pg.Pool;
  readonly catalog: Catalog;
  readonly directory: LaunchDirectory;
  readonly memory: InstanceMemory;
  readonly turns: Turns;
  readonly journal: JournalWriter;
  readonly ender: LaunchEnder;
  readonly idleSeconds: number;
  readonly now: () => Date;
}

/** Seconds that the content origin may serve files without asking again; a revoked launch plays on for as long. */
const RESOLVED_SECONDS = 60;

const resultOf = (instance: JournalInstance) =>
  resultMessage(instance.result, instance.firstAccessAt, instance.lastAccessAt);

/** What the player needs, with the launch's token as the only credential. */
export function playerRpc(deps: PlayerDeps): ServiceImpl<typeof PlayerService> {
  return {
    async resolveLaunch({ token }) {
      const known = await deps.directory.find(token);
      const launch = await inTenant(deps.pool(), known.tenantId, (client) => readLaunch(client, known.id));
      if (launch === undefined) throw launchNotFound();
      const end = launchIsOver(launch, deps.now(), deps.idleSeconds, true);
      if (end !== undefined) throw over(end);
      return {
        launchId: known.id,
        organizationId: known.tenantId,
        packageId: known.packageId,
        courseVersionId: known.courseVersionId,
        maxAgeSeconds: RESOLVED_SECONDS,
      };
    },

    async openLaunch({ token, userAgent, takeLease }) {
      const known = await deps.directory.find(token);
      const { json, outline } = await deps.catalog.outline(known.tenantId, known.packageId);
      const { launch, instance } = await deps.turns.take(known.instanceId, async () => {
        deps.memory.forget(known.instanceId);
        const opening = { userAgent, takeLease, now: deps.now(), idleSeconds: deps.idleSeconds };
        const opened = await openLaunch(deps.pool(), known, opening);
        deps.memory.keep(opened.instance);
        return opened;
      });
      const { context, settings, courseTitle, organizationName } = known.terms;
      const acknowledgedSeq = known.recorded ? launch.lastSeq : 0;
      return create(OpenLaunchResponseSchema, {
        launch,
        courseTitle,
        outlineJson: json,
        contextJson: JSON.stringify(context),
        stateJson: JSON.stringify(resumeLaunch(outline, context, instance.state, acknowledgedSeq)),
        settings: { ...settings },
        acknowledgedSeq,
        result: resultOf(instance),
        returnUrl: known.returnUrl,
        locale: known.locale,
        organizationName,
      });
    },

    async appendJournal({ token, firstSeq, callsJson }) {
      const calls = readCalls(callsJson, firstSeq);
      return deps.journal.append(await deps.directory.find(token), calls);
    },

    async closeLaunch({ token, end }) {
      const kind = end === LaunchEnd.UNSPECIFIED ? LaunchEnd.CLOSED : end;
      if (kind !== LaunchEnd.CLOSED && kind !== LaunchEnd.EXIT)
        throw fieldInvalid("end", "a player can only report EXIT or CLOSED");
      const known = await deps.directory.find(token);
      const instance = await deps.ender.end(known, kind);
      if (instance === undefined) throw launchNotFound();
      return { result: resultOf(instance) };
    },
  };
}
