/**
 * Journal commits per second of the runtime alone, in this process and without HTTP, beside a bare single-row insert of the same text on
 * the same PostgreSQL: `node tests/bench/journal.ts [--connections 8] [--players 8,64] [--seconds 1.5] [--rounds 3]`.
 * What the whole product does with a commit is in commit.ts; the difference is what the way there costs.
 *
 * Every player has its own launch and sends its next delivery when the one before is acknowledged. A bare client does the same with one
 * row. Rounds of both take turns, so that a machine that slows down slows down both; the median round counts.
 */
import { parseArgs } from "node:util";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { migrate, serviceUrl } from "@coursemesh/platform/db/migrate.ts";
import { inProcessBus } from "@coursemesh/platform/events/in-process-bus.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { type Clients, clientInterceptors, clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import type { App } from "@coursemesh/platform/service/app.ts";
import { inMemoryMesh } from "@coursemesh/platform/service/in-memory-mesh.ts";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { PlayerService } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { buildApp } from "@coursemesh/runtime/app.ts";
import { runtimeConfig } from "@coursemesh/runtime/config.ts";
import { service } from "@coursemesh/runtime/service.ts";
import { pino } from "pino";
import { fakeCatalog } from "../../services/runtime/test/fake-catalog.ts";
import { type BenchCluster, startBenchCluster } from "./load/bench-cluster.ts";
import { commitHead, commitRow } from "./load/commit-table.ts";
import { firstDelivery } from "./load/delivery.ts";
import { play, type Sender, takeTurns } from "./load/rounds.ts";

const { values: options } = parseArgs({
  options: {
    connections: { type: "string", default: "8" },
    players: { type: "string", default: "8,64" },
    seconds: { type: "string", default: "1.5" },
    rounds: { type: "string", default: "3" },
  },
});
const connections = Number(options.connections);
const secret = "bench-secret-bench-secret-bench-secret-0123";
const organization = uuidV7();
const activity = "A";

const cluster = await startBenchCluster(connections);
const { app, clients, course } = await startRuntime(cluster);
try {
  console.log(`${connections} connections, ${options.seconds} s a round, median of ${options.rounds} rounds`);
  console.log(commitHead);
  for (const players of options.players.split(",").map(Number)) {
    const senders = await Promise.all(Array.from({ length: players }, openPlayer));
    const bareSenders = cluster.bareSenders(players);
    for (const calls of [1, 10]) {
      const sides = [bareSenders, senders].map((side) => () => play(side, calls, Number(options.seconds)));
      const [bare, ours] = await takeTurns(sides, Number(options.rounds));
      if (bare && ours) console.log(commitRow({ players, calls, bare, ours }));
    }
  }
} finally {
  await app.stop();
  await cluster.stop();
}

async function startRuntime({ url, folder }: BenchCluster): Promise<{ app: App; clients: Clients; course: Course }> {
  await migrate(url, secret, [{ service: "runtime", migrations: service.migrations }]);
  const logger = pino({ level: "warn" }, pino.destination(2));
  const signature = callerSignature(secret);
  const mesh = inMemoryMesh(serverInterceptors({ signature, logger }), clientInterceptors(signature));
  const catalog = fakeCatalog();
  for (const other of catalog.apps) mesh.add(other);
  const config = runtimeConfig.parse({
    DATABASE_URL: serviceUrl(url, secret, "runtime"),
    DATABASE_POOL_SIZE: connections,
    JOURNAL_WRITERS: process.env.JOURNAL_WRITERS,
  });
  const deps = {
    clients: clientsOver(mesh.transportFor),
    bus: inProcessBus(),
    blobs: await diskBlobStore(folder),
    logger,
  };
  const runtime = buildApp(config, deps);
  mesh.add(runtime);
  await runtime.start();
  return { app: runtime, clients: deps.clients, course: catalog.addCourse(organization, [activity]) };
}

async function openPlayer(): Promise<Sender> {
  const edge = serviceCaller("bench");
  const player = clients.of(PlayerService);
  const token = await runAs(serviceCaller("bench", organization), newLaunch);
  await runAs(edge, () => player.openLaunch({ token }));
  const send = async (firstSeq: number, text: string): Promise<void> => {
    const { acknowledgedSeq } = await runAs(edge, () =>
      player.appendJournal({ token, firstSeq, callsJson: Buffer.from(text) }),
    );
    if (acknowledgedSeq < firstSeq) throw new Error(`call ${firstSeq} was not taken`);
  };
  await send(1, firstDelivery({ activity }));
  return { place: { activity }, send, next: 3 };
}

/** Answers the launch's token. */
async function newLaunch(): Promise<string> {
  const learner = { id: uuidV7(), firstName: "Jane", lastName: "Doe" };
  const { registration } = await clients
    .of(RegistrationService)
    .createRegistration({ requestId: uuidV7(), courseId: course.id, learner });
  const { url } = await clients
    .of(LaunchService)
    .createLaunch({ requestId: uuidV7(), registrationId: registration?.id ?? "" });
  return /\/l\/([^/]+)\/$/.exec(url)?.[1] ?? "";
}
