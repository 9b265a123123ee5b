/**
 * Journal commits per second beside a bare single-row insert, on one database with the same number of connections, in one run:
 * `node tests/bench/journal.ts [--connections 8] [--players 8,64] [--seconds 4] [--rounds 3] [--url http://…]`.
 *
 * The database is a fresh cluster that waits for the disk, as in production. Every player has its own launch and sends its next delivery
 * when the one before is acknowledged. A bare client does the same with one row of the same text. Rounds of both take turns, so that a
 * machine that slows down slows down both; the median round counts.
 * With `--url` deliveries go to that content origin instead of the runtime in this process: `POST {url}/l/{token}/journal?first={seq}`;
 * tokens are read from standard input, one a line, of launches that are open.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { migrate, serviceUrl } from "@coursemesh/platform/db/migrate.ts";
import { findPostgresBinaries } from "@coursemesh/platform/db/postgres-binaries.ts";
import { startCluster } from "@coursemesh/platform/db/postgres-cluster.ts";
import { inProcessBus } from "@coursemesh/platform/events/in-process-bus.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { clientInterceptors, clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import { inMemoryMesh } from "@coursemesh/platform/service/in-memory-mesh.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { PlayerService } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { buildApp } from "@coursemesh/runtime/app.ts";
import { runtimeConfig } from "@coursemesh/runtime/config.ts";
import { service } from "@coursemesh/runtime/service.ts";
import pg from "pg";
import { pino } from "pino";
import { fakeCatalog } from "../../services/runtime/test/fake-catalog.ts";

const { values: options } = parseArgs({
  options: {
    connections: { type: "string", default: "8" },
    players: { type: "string", default: "8,64" },
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "3" },
    url: { type: "string" },
  },
});
const connections = Number(options.connections);
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const secret = "bench-secret-bench-secret-bench-secret-0123";
const organization = uuidV7();

/** Sends a delivery; resolves when it is acknowledged. */
type Send = (firstSeq: number, text: string) => Promise<void>;

interface Round {
  readonly perSecond: number;
  readonly latencies: readonly number[];
}

const callOf = (element: string, value: string, method = "SetValue"): unknown[] => [
  Date.now(),
  "A",
  method,
  element,
  value,
  "true",
  "0",
];

/** What a course says between two commits: where the learner is, what to remember, the time; now and then a better score, which is an event. */
function delivery(size: number, seq: number): string {
  if (size === 1) return JSON.stringify([callOf("cmi.core.lesson_location", `page-${seq}`)]);
  const elements = ["cmi.core.lesson_location", "cmi.suspend_data", "cmi.core.score.raw", "cmi.core.session_time"];
  const calls = Array.from({ length: size - 1 }, (_, index) => {
    const element = elements[index % elements.length] ?? "";
    return callOf(
      element,
      element.endsWith("time")
        ? "00:01:02"
        : element.endsWith("raw")
          ? String(Math.floor(seq / 100) % 100)
          : String(seq + index),
    );
  });
  return JSON.stringify([...calls, callOf("", "", "Commit")]);
}

/** Lets every sender send one delivery after the other for some seconds. */
async function play(senders: readonly { send: Send; next: number }[], size: number): Promise<Round> {
  const latencies: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(
    senders.map(async (sender) => {
      for (let now = performance.now(); now < end; ) {
        await sender.send(sender.next, delivery(size, sender.next));
        sender.next += size;
        const done = performance.now();
        latencies.push(done - now);
        now = done;
      }
    }),
  );
  return { perSecond: latencies.length / ((performance.now() - began) / 1000), latencies };
}

const median = (numbers: readonly number[]): number => percentile(numbers, 0.5);
function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const folder = mkdtempSync(join(tmpdir(), "coursemesh-bench-"));
const { runAs: user } = await findPostgresBinaries();
if (user) (await import("node:fs")).chmodSync(folder, 0o755);
const cluster = await startCluster({ dataDir: join(folder, "postgres") });
const barePool = new pg.Pool({ connectionString: cluster.url, max: connections });
// Connections that close with the cluster are no news.
barePool.on("error", () => undefined);
await barePool.query("create table bare (id bigint generated always as identity primary key, calls text not null)");
const bare: Send = async (_, text) => {
  await barePool.query({ name: "bare", text: "insert into bare (calls) values ($1)", values: [text] });
};

const stops: (() => Promise<void>)[] = [];
const makeSenders = options.url === undefined ? await inProcess() : await overHttp(options.url);

console.log(
  `journal: ${connections} connections, ${seconds} s a round, median of ${rounds} rounds, ${options.url ?? "runtime in this process"}`,
);
console.log("players  calls  |  bare/s   p50   p99 ms |  ours/s   p50   p99 ms  calls/s |  ratio  calls ratio");
for (const players of options.players.split(",").map(Number)) {
  for (const size of [1, 10]) {
    const ours = await makeSenders(players);
    const theirs = Array.from({ length: players }, () => ({ send: bare, next: 1 }));
    const bareRounds: Round[] = [];
    const ourRounds: Round[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const one = await play(theirs, size);
      const other = await play(ours, size);
      // The first warms up.
      if (round > 0) {
        bareRounds.push(one);
        ourRounds.push(other);
      }
    }
    const b = median(bareRounds.map((it) => it.perSecond));
    const o = median(ourRounds.map((it) => it.perSecond));
    const figures = (all: readonly Round[], perSecond: number): string => {
      const latencies = all.flatMap((it) => it.latencies);
      return [perSecond.toFixed(0), percentile(latencies, 0.5).toFixed(1), percentile(latencies, 0.99).toFixed(1)]
        .map((text, index) => text.padStart(index === 0 ? 8 : 6))
        .join("");
    };
    console.log(
      `${String(players).padStart(7)} ${String(size).padStart(6)}  |${figures(bareRounds, b)}    |${figures(ourRounds, o)}   ${(o * size).toFixed(0).padStart(8)} |${(o / b).toFixed(2).padStart(7)} ${((o * size) / b).toFixed(2).padStart(8)}`,
    );
  }
}
for (const stop of stops.toReversed()) await stop();
await barePool.end();
await cluster.stop();
rmSync(folder, { recursive: true, force: true });

type Senders = (players: number) => Promise<{ send: Send; next: number }[]>;

async function inProcess(): Promise<Senders> {
  await migrate(cluster.url, secret, [{ service: "runtime", migrations: service.migrations }]);
  const logger = pino({ level: "warn" }, pino.destination(2));
  const signature = callerSignature(secret);
  const mesh = inMemoryMesh(serverInterceptors({ signature, logger }), clientInterceptors(signature));
  const clients = clientsOver(mesh.transportFor);
  const catalog = fakeCatalog();
  for (const app of catalog.apps) mesh.add(app);
  const config = runtimeConfig.parse({
    DATABASE_URL: serviceUrl(cluster.url, secret, "runtime"),
    DATABASE_POOL_SIZE: connections,
    JOURNAL_WRITERS: process.env.JOURNAL_WRITERS,
  });
  const app = buildApp(config, { clients, bus: inProcessBus(), blobs: await diskBlobStore(folder), logger });
  mesh.add(app);
  await app.start();
  stops.push(() => app.stop());
  const course = catalog.addCourse(organization, ["A"]);
  const caller = serviceCaller("bench", organization);
  const edge = serviceCaller("bench");
  const player = clients.of(PlayerService);
  const append = async (token: string, firstSeq: number, text: string): Promise<void> => {
    const { acknowledgedSeq } = await runAs(edge, () =>
      player.appendJournal({ token, firstSeq, callsJson: Buffer.from(text) }),
    );
    if (acknowledgedSeq < firstSeq) throw new Error(`call ${firstSeq} was not taken`);
  };
  const open = async (): Promise<{ send: Send; next: number }> => {
    const learner = { id: uuidV7(), firstName: "Jane", lastName: "Doe" };
    const token = await runAs(caller, async () => {
      const { registration } = await clients
        .of(RegistrationService)
        .createRegistration({ requestId: uuidV7(), courseId: course.id, learner });
      const { url } = await clients
        .of(LaunchService)
        .createLaunch({ requestId: uuidV7(), registrationId: registration?.id ?? "" });
      return /\/l\/([^/]+)\/$/.exec(url)?.[1] ?? "";
    });
    await runAs(edge, () => player.openLaunch({ token }));
    const begin = [callOf("choice", "A", "Navigate"), callOf("", "", "Initialize")];
    await append(token, 1, JSON.stringify(begin));
    return { send: (firstSeq, text) => append(token, firstSeq, text), next: 3 };
  };
  return (players) => Promise.all(Array.from({ length: players }, open));
}

async function overHttp(url: string): Promise<Senders> {
  const tokens: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== "") tokens.push(line.trim());
  let used = 0;
  const post = async (token: string, firstSeq: number, text: string): Promise<number> => {
    const response = await fetch(`${url}/l/${token}/journal?first=${firstSeq}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: text,
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const { acknowledgedSeq } = (await response.json()) as { acknowledgedSeq: number };
    return acknowledgedSeq;
  };
  const open = async (): Promise<{ send: Send; next: number }> => {
    const token = tokens[used++];
    if (token === undefined) throw new Error("there are fewer tokens on standard input than players");
    const next = (await post(token, 1_000_000, "[]")) + 1;
    await post(token, next, JSON.stringify([callOf("choice", "A", "Navigate"), callOf("", "", "Initialize")]));
    return { send: async (firstSeq, text) => void (await post(token, firstSeq, text)), next: next + 2 };
  };
  return (players) => Promise.all(Array.from({ length: players }, open));
}
