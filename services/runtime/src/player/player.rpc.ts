import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { OpenLaunchResponseSchema, type PlayerService } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import type pg from "pg";
import type { Catalog } from "../catalog/catalog.ts";
import { launchNotFound } from "../errors.ts";
import { is2004, type LearnerState } from "../instance/instance-model.ts";
import { modelOfCourse } from "../instance/model-of-course.ts";
import { over } from "../journal/append-journal.ts";
import type { InstanceMemory, JournalInstance } from "../journal/instance-memory.ts";
import { readCalls } from "../journal/read-calls.ts";
import type { KnownLaunch, LaunchDirectory } from "../launch/launch-directory.ts";
import { launchIsOver } from "../launch/launch-over.ts";
import { readLaunch } from "../launch/present-launch.ts";
import type { Keeper } from "../sequencing/steps.ts";
import type { UntrackedPlay } from "../sequencing/untracked-keeper.ts";
import type { LaunchEnder } from "./launch-ender.ts";
import { openLaunch } from "./open-launch.ts";
import { type DeliveryDeps, resultOf, takeDelivery } from "./take-delivery.ts";

/** What the player's calls need. */
export interface PlayerDeps extends DeliveryDeps {
  readonly pool: () => pg.Pool;
  readonly catalog: Catalog;
  readonly directory: LaunchDirectory;
  readonly memory: InstanceMemory;
  readonly plays: Keeper<UntrackedPlay>;
  readonly ender: LaunchEnder;
  readonly idleSeconds: number;
  readonly now: () => Date;
}

/** Seconds that the content origin may serve files without asking again; a revoked launch plays on for as long. */
const RESOLVED_SECONDS = 60;

interface Begun {
  readonly instance: JournalInstance;
  readonly state: LearnerState;
}

/** What the player needs, with the launch's token as the only credential. */
export function playerRpc(deps: PlayerDeps): ServiceImpl<typeof PlayerService> {
  /** Where an opened launch goes on. SCORM 2004 has begun by then: an activity is delivered, or the newest answer says why none is. */
  const begun = async (launch: KnownLaunch, instance: JournalInstance): Promise<Begun> => {
    if (!is2004(launch.terms.context)) return { instance, state: instance.state };
    if (launch.recorded) {
      const kept = await deps.recorded.begin(instance, launch);
      return { instance: kept, state: kept.state };
    }
    const play = await deps.turns.take(launch.id, async () =>
      deps.untracked.begin(await deps.plays.load(launch), launch),
    );
    return { instance, state: play.state };
  };

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
        frameAncestors: [...known.frameAncestors],
      };
    },

    async openLaunch({ token, userAgent, takeLease }) {
      const known = await deps.directory.find(token);
      const { json, outline } = await deps.catalog.outline(known.tenantId, known.packageId);
      const { launch, instance, state } = await deps.turns.take(known.instanceId, async () => {
        deps.memory.forget(known.instanceId);
        const opening = { userAgent, takeLease, now: deps.now(), idleSeconds: deps.idleSeconds };
        const opened = await openLaunch(deps.pool(), known, opening);
        deps.memory.keep(opened.instance);
        return { launch: opened.launch, ...(await begun(known, opened.instance)) };
      });
      const { context, settings, courseTitle, organizationName } = known.terms;
      const recordedSeq = known.recorded ? launch.lastSeq : 0;
      const acknowledgedSeq = is2004(context) ? state.seq : recordedSeq;
      return create(OpenLaunchResponseSchema, {
        launch,
        courseTitle,
        outlineJson: json,
        contextJson: JSON.stringify(context),
        stateJson: JSON.stringify(modelOfCourse(outline).resume(context, state, acknowledgedSeq)),
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
      return takeDelivery(deps, await deps.directory.find(token), calls);
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
