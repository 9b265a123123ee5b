import { type Database, openDatabase } from "@coursemesh/platform/db/database.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import { repeat } from "@coursemesh/platform/jobs/repeat.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import type pg from "pg";
import { aboutRpc } from "./about/about.rpc.ts";
import { activityRepository } from "./activity/activity.repository.ts";
import { activityRpc } from "./activity/activity.rpc.ts";
import { activityProfileRpc } from "./activity-profile/activity-profile.rpc.ts";
import { agentRepository } from "./agent/agent.repository.ts";
import { agentRpc } from "./agent/agent.rpc.ts";
import { agentProfileRpc } from "./agent-profile/agent-profile.rpc.ts";
import { attachmentRpc } from "./attachment/attachment.rpc.ts";
import { attachmentBlobs } from "./attachment/attachment-blobs.ts";
import { attachmentStore } from "./attachment/attachment-store.ts";
import { sweepAttachments } from "./attachment/sweep-attachments.ts";
import { authorities } from "./authority.ts";
import { catalogMemory } from "./catalog/catalog-memory.ts";
import type { LrsConfig } from "./config.ts";
import { CredentialLimitEntity } from "./credential-limit/credential-limit.entity.ts";
import { credentialLimitRepository } from "./credential-limit/credential-limit.repository.ts";
import { credentialLimitRpc } from "./credential-limit/credential-limit.rpc.ts";
import { credentialLimits } from "./credential-limit/credential-limits.ts";
import { documentStore } from "./document/document-store.ts";
import { emitStatements } from "./emission/emit-statements.ts";
import { exportRpc } from "./export/export.rpc.ts";
import { ingestQueue } from "./ingest/ingest-queue.ts";
import { groupWriter } from "./ingest/write-group.ts";
import { DeadLetterEntity } from "./pipe/dead-letter.entity.ts";
import { PipeEntity } from "./pipe/pipe.entity.ts";
import { pipeParts } from "./pipe/pipe-parts.ts";
import { removalParts } from "./removal/removal-parts.ts";
import { lrsRoutes, lrsServices } from "./routes.ts";
import { stateRpc } from "./state/state.rpc.ts";
import { tokenSeal } from "./statement/more-token.ts";
import { statementRpc } from "./statement/statement.rpc.ts";

/** How often attachments that nobody named are looked for. */
const SWEEP_MS = 10 * 60 * 1000;

/** Puts the learning record store together. @param now the clock; tests bring their own. */
export function buildApp(config: LrsConfig, deps: AppDeps, now: () => Date = () => new Date()): App {
  let opened: Database | undefined;
  let relay: OutboxRelay | undefined;
  let unsubscribe: (() => void) | undefined;
  const database = (): Database => {
    if (opened === undefined) throw new Error("the lrs was not started");
    return opened;
  };
  const pool = (): pg.Pool => database().pool;

  const documents = documentStore(pool, now);
  const blobs = attachmentBlobs(pool, deps.blobs);
  const attachments = attachmentStore(pool, blobs, config.ATTACHMENT_MAX_BYTES, now);
  const limitRows = credentialLimitRepository(database);
  const limits = credentialLimits(limitRows, now);
  const catalog = catalogMemory(pool);
  const queue = ingestQueue(groupWriter(pool, catalog), {
    statements: config.INGEST_QUEUE_STATEMENTS,
    bytes: config.INGEST_QUEUE_BYTES,
    writers: Math.max(1, config.DATABASE_POOL_SIZE / 2),
  });
  const stopping = new AbortController();
  const sweeper = repeat(SWEEP_MS, deps.logger, "the removal of unused attachments", () =>
    sweepAttachments(pool(), deps.blobs, now()),
  );

  const pipes = pipeParts(config, { database, attachments: { store: attachments, blobs }, logger: deps.logger, now });

  const removal = removalParts(config, { pool, catalog, logger: deps.logger, now });

  return {
    name: "lrs",
    services: lrsServices,
    routes: lrsRoutes({
      about: aboutRpc,
      activity: activityRpc(activityRepository(pool)),
      activityProfile: activityProfileRpc(documents),
      agent: agentRpc(agentRepository(pool)),
      agentProfile: agentProfileRpc(documents),
      attachment: attachmentRpc(attachments),
      credentialLimit: credentialLimitRpc(limitRows, limits.changed),
      export: exportRpc({ pool, resume: tokenSeal(config.MESH_SECRET, "export", now) }),
      personDeletion: removal.personDeletion,
      pipe: pipes.rpc,
      retentionRule: removal.retentionRule,
      state: stateRpc(documents),
      statement: statementRpc({
        pool,
        queue,
        attachments: { store: attachments, blobs },
        limits,
        authorityOf: authorities(config.PUBLIC_URL, limits),
        more: tokenSeal(config.MESH_SECRET, "more", now),
        resume: tokenSeal(config.MESH_SECRET, "resume", now),
        stopping: stopping.signal,
      }),
    }),
    async start() {
      opened = await openDatabase({
        url: config.DATABASE_URL,
        service: "lrs",
        entities: [CredentialLimitEntity, PipeEntity, DeadLetterEntity],
        poolSize: config.DATABASE_POOL_SIZE,
      });
      relay = outboxRelay(opened.pool, deps.bus, deps.logger);
      relay.start();
      unsubscribe = deps.bus.subscribe(
        emitStatements({
          queue,
          attachments: { store: attachments, blobs },
          publicUrl: config.PUBLIC_URL,
          logger: deps.logger,
        }),
      );
      sweeper.start();
      pipes.worker.start();
      await removal.start();
    },
    check: () => database().ping(),
    async stop() {
      stopping.abort();
      unsubscribe?.();
      await queue.idle();
      await Promise.all([pipes.worker.stop(), removal.stop()]);
      await sweeper.stop();
      await relay?.stop();
      await opened?.close();
    },
  };
}
