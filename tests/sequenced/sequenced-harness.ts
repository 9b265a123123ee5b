import { Code, ConnectError } from "@connectrpc/connect";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { createTestDatabase, type TestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { createTestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { buildApp } from "@coursemesh/runtime/app.ts";
import { runtimeConfig } from "@coursemesh/runtime/config.ts";
import type { CallTuple } from "@coursemesh/runtime/journal/read-calls.ts";
import { service } from "@coursemesh/runtime/service.ts";
import type { Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import { buildApp as buildSequencing } from "@coursemesh/sequencing/app.ts";
import { sequencingConfig } from "@coursemesh/sequencing/config.ts";
import { service as sequencing } from "@coursemesh/sequencing/service.ts";
import pg from "pg";
import { fakeCatalog } from "../../services/runtime/test/fake-catalog.ts";
import { callsOn, one, type RuntimeHarness } from "../../services/runtime/test/runtime-harness.ts";

/** How the sequencing service behaves towards the runtime. */
export interface Weather {
  /** `down`: it cannot be reached; `deaf`: it does what it is asked, and its answers are lost. */
  sequencing: "there" | "down" | "deaf";
}

/** The runtime with a real sequencing service beside it, each with its own database. */
export interface SequencedHarness extends RuntimeHarness {
  readonly weather: Weather;
  /** Reads the sequencing service's tables. */
  readonly sequencingSql: RuntimeHarness["sql"];
}

/** @param shared another process of the runtime over the same databases. */
export async function startSequenced(shared?: SequencedHarness): Promise<SequencedHarness> {
  const test: TestDatabase =
    shared?.test ??
    (await createTestDatabase([
      { service: "runtime", migrations: service.migrations },
      { service: "sequencing", migrations: sequencing.migrations },
    ]));
  const catalog = shared?.catalog ?? fakeCatalog();
  const weather: Weather = { sequencing: "there" };
  const mesh = await createTestMesh();
  for (const app of catalog.apps) await mesh.add(() => app);
  const sequencingUrl = test.urlOf("sequencing");
  await mesh.add((deps) => buildSequencing(sequencingConfig.parse({ DATABASE_URL: sequencingUrl }), deps));
  const config = runtimeConfig.parse({ DATABASE_URL: test.urlOf("runtime") });
  await mesh.add((deps) => buildApp(config, { ...deps, clients: inWeather(deps.clients, weather) }));
  const pools = [config.DATABASE_URL, sequencingUrl].map(
    (connectionString) => new pg.Pool({ connectionString, max: 2 }),
  );
  const reader =
    (pool: pg.Pool | undefined): RuntimeHarness["sql"] =>
    async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      pool === undefined ? [] : inSystem(pool, async (client) => (await client.query<Row>(text, values)).rows);
  return {
    mesh,
    catalog,
    test,
    weather,
    sql: reader(pools[0]),
    sequencingSql: reader(pools[1]),
    async stop() {
      await mesh.stop();
      for (const pool of pools) await pool.end();
      if (shared === undefined) await test.drop();
    },
  };
}

/** Clients whose calls of sequencing meet the weather. */
function inWeather(clients: Clients, weather: Weather): Clients {
  return {
    of(wanted) {
      const client = clients.of(wanted);
      if ((wanted as unknown) !== SessionService) return client;
      return new Proxy(client, {
        get: (target, name) => async (request: unknown, options: unknown) => {
          if (weather.sequencing === "down") throw new ConnectError("nobody is there", Code.Unavailable);
          const method = Reflect.get(target, name) as (request: unknown, options: unknown) => Promise<unknown>;
          const answer = await method(request, options);
          if (weather.sequencing === "deaf") throw new ConnectError("the connection broke", Code.Unavailable);
          return answer;
        },
      });
    },
  };
}

/** A launch as a player has it: it knows what it has acknowledged, and where it is. */
export async function openedPlay(harness: SequencedHarness, token: string, takeLease = false) {
  const calls = callsOn(harness, one);
  const opened = await calls.open(token, takeLease);
  return {
    opened,
    state: JSON.parse(opened.stateJson) as Instance2004State,
    next: opened.acknowledgedSeq + 1,
    /** Sends calls from a number on. */
    send: async (first: number, tuples: readonly CallTuple[]) => {
      const { acknowledgedSeq, answerJson, result } = await calls.append(token, first, tuples);
      return {
        acknowledgedSeq,
        result,
        answer: answerJson === "" ? undefined : (JSON.parse(answerJson) as SequencingAnswer),
      };
    },
  };
}

let clock = 1_700_000_000_000;

/** A `Navigate` as a player records it. */
export const ask = (element: string, activity = "", target = ""): CallTuple => [
  ++clock,
  activity,
  "Navigate",
  element,
  target,
  "true",
  "0",
];
