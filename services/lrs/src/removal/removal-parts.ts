import type { ServiceImpl } from "@connectrpc/connect";
import { type Jobs, jobsOn, jobsSchemaOf } from "@coursemesh/platform/jobs/jobs.ts";
import type { PersonDeletionService } from "@coursemesh/proto/coursemesh/lrs/v1/person_deletion_pb.ts";
import type { RetentionRuleService } from "@coursemesh/proto/coursemesh/lrs/v1/retention_rule_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import type { CatalogMemory } from "../catalog/catalog-memory.ts";
import type { LrsConfig } from "../config.ts";
import { DELETE_PERSON, personDeletionRepository } from "../person-deletion/person-deletion.repository.ts";
import { personDeletionRpc } from "../person-deletion/person-deletion.rpc.ts";
import { runPersonDeletion } from "../person-deletion/run-person-deletion.ts";
import { RUN_RETENTION, retentionRuleRepository } from "../retention/retention-rule.repository.ts";
import { retentionRuleRpc } from "../retention/retention-rule.rpc.ts";
import { runRetention } from "../retention/run-retention.ts";

/** What removes statements: what answers, and what works. */
export interface RemovalParts {
  readonly retentionRule: ServiceImpl<typeof RetentionRuleService>;
  readonly personDeletion: ServiceImpl<typeof PersonDeletionService>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What removal needs of the rest of the service. */
export interface RemovalPartsDeps {
  readonly pool: () => pg.Pool;
  readonly catalog: Pick<CatalogMemory, "forget">;
  readonly logger: Logger;
  readonly now: () => Date;
}

export function removalParts(config: LrsConfig, { pool, catalog, logger, now }: RemovalPartsDeps): RemovalParts {
  let made: Jobs | undefined;
  const jobs = (): Jobs => {
    if (made === undefined) throw new Error("the lrs was not started");
    return made;
  };
  const rules = retentionRuleRepository(pool, jobs);
  const deletions = personDeletionRepository(pool, jobs);
  const handlers = {
    [RUN_RETENTION]: runRetention({ pool, jobs, rules, everySeconds: config.RETENTION_EVERY_SECONDS, logger, now }),
    [DELETE_PERSON]: runPersonDeletion({ pool, deletions, catalog, logger, now }),
  };
  return {
    retentionRule: retentionRuleRpc({ rules, pool, now }),
    personDeletion: personDeletionRpc(deletions, now),
    async start() {
      made = jobsOn(pool(), jobsSchemaOf("lrs"), logger);
      await made.prepare();
      if (config.REMOVAL_WORKERS === 0) return;
      await rules.queueAll();
      await deletions.queueAll();
      await made.start(handlers, config.REMOVAL_WORKERS);
    },
    stop: async () => made?.stop(),
  };
}
