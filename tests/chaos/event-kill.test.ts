import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type PostgresCluster, startCluster } from "@coursemesh/platform/db/postgres-cluster.ts";
import { EndpointService, Ordering } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { type Event, EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { restClient } from "../product/rest-client.ts";
import { rpcClient } from "../product/rpc-client.ts";
import { type Product, type Shape, startProduct } from "../product/start-product.ts";
import { announcedEvents } from "./announced-events.ts";
import { type BusyOrganization, startBusyOrganization } from "./busy-organization.ts";
import { FAULT_NAMES, type FaultyReceiver, type Hook, startFaultyReceiver } from "./faulty-receiver.ts";
import { CAN_SEE_PROCESSES, killAll, killOne } from "./victims.ts";

/** How many events are to be told of while everything dies: `npm run chaos` asks for 10,000. */
const EVENTS = Number(process.env.CHAOS_EVENTS ?? 120);
const BIG = EVENTS >= 1_000;
/** Every so many requests of an endpoint one goes wrong; each kind of fault comes in a small run too. */
const EVERY = BIG ? 41 : 11;
const SERVICES = ["webhook", "runtime", "course", "content", "sequencing", "lrs", "analytics", "dispatch", "user"];
const DATABASE = ["PostgreSQL stopped", "PostgreSQL crashed"];
/** Who dies, in turn, until there are events enough, and each at least once. */
const VICTIMS: Record<Shape, readonly string[]> = {
  single: ["everything", ...DATABASE, "everything"],
  mesh: BIG
    ? ["webhook", "gateway", ...DATABASE, ...SERVICES, "webhook", "bff", "everything"]
    : ["webhook", "runtime", "PostgreSQL crashed"],
};
const ORDERING: Record<string, Ordering> = {
  "in-order": Ordering.ALL,
  "in-order-of-registration": Ordering.PER_REGISTRATION,
  "in-any-order": Ordering.NONE,
};

/** Time without an event or a request after which nothing follows any more, and after which what is missing is lost. */
const SETTLED_MS = 3_000;
const GIVE_UP_MS = 60_000;
/** How long a busy machine may take between two deaths. */
const GATE_MS = BIG ? 900_000 : 60_000;

let folder: string;
let cluster: PostgresCluster;
let product: Product | undefined;
let receiver: FaultyReceiver;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "coursemesh-chaos-"));
  // Made for its owner only by default; PostgreSQL may run as another user.
  chmodSync(folder, 0o755);
  cluster = await startCluster({ dataDir: join(folder, "postgres") });
});
afterEach(async () => {
  await product?.remove();
  receiver?.stop();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Ends PostgreSQL and starts it again where it was. @param signal SIGINT breaks connections off, SIGQUIT leaves a crash to recover from */
async function restartPostgres(signal: "SIGINT" | "SIGQUIT"): Promise<void> {
  process.kill(cluster.pid, signal);
  await cluster.stop();
  cluster = await startCluster({ dataDir: join(folder, "postgres"), port: Number(new URL(cluster.url).port) });
}

async function kill(of: Product, victim: string): Promise<void> {
  if (victim === "everything") await killAll(of);
  else if (victim === "PostgreSQL stopped") await restartPostgres("SIGINT");
  else if (victim === "PostgreSQL crashed") await restartPostgres("SIGQUIT");
  else await killOne(of, victim);
}

/** An installation with a course, and an endpoint for each of the receiver's hooks. */
async function start(shape: Shape): Promise<Product> {
  receiver = await startFaultyReceiver(Object.keys(ORDERING), EVERY);
  const started = await startProduct({
    shape,
    env: {
      DATABASE_URL: cluster.url,
      // The port of the hooks and not that of the place where redirects lead.
      EGRESS_ALLOW: `127.0.0.1:${receiver.port}`,
      WEBHOOK_TIMEOUT_MS: "1000",
      WEBHOOK_LEASE_MARGIN_MS: "1000",
      WEBHOOK_FIRST_DELAY_MS: "50",
      WEBHOOK_MAX_DELAY_MS: "1000",
    },
  });
  const job = await restClient(started).importCourse("told", await buildQuizPackage());
  expect(job.status).toBe("COMPLETE");
  return started;
}

async function subscribe(of: Product, hook: Hook): Promise<void> {
  const { secret } = await rpcClient(of, EndpointService).createEndpoint({
    requestId: randomUUID(),
    endpoint: {
      name: hook.name,
      url: hook.url,
      policy: { ordering: ORDERING[hook.name] ?? Ordering.NONE, maxAttempts: 100 },
    },
  });
  hook.secret = secret;
}

/** The whole log behind a cursor. */
async function readLog(of: Product, from: string): Promise<{ events: Event[]; cursor: string }> {
  const events: Event[] = [];
  for (let afterCursor = from; ; ) {
    const page = await rpcClient(of, EventService).listEvents({ afterCursor, limit: 500 });
    events.push(...page.events);
    afterCursor = page.nextCursor;
    if (!page.more) return { events, cursor: afterCursor };
  }
}

/**
 * Kills in turn, each after something was heard again, until everybody had a turn and, in a long run, there are events enough.
 * Answers how often each died.
 */
async function rage(
  of: Product,
  victims: readonly string[],
  enough: () => Promise<boolean>,
): Promise<Map<string, number>> {
  const deaths = new Map<string, number>();
  for (let turn = 0; turn < victims.length || (BIG && !(await enough())); turn += 1) {
    const last = arrivalCount();
    await expect
      .poll(arrivalCount, { timeout: GATE_MS, interval: 20 })
      .toBeGreaterThan(last + (BIG ? EVENTS / 10 : 20));
    // At another moment each time: before the outbox was looked at, while sending, while waiting.
    await sleep((turn * 131) % 700);
    const victim = victims[turn % victims.length] ?? "";
    await kill(of, victim);
    deaths.set(victim, (deaths.get(victim) ?? 0) + 1);
  }
  await expect.poll(enough, { timeout: GATE_MS, interval: 200 }).toBe(true);
  return deaths;
}

function arrivalCount(): number {
  return receiver.hooks.reduce((sum, { arrivals }) => sum + arrivals.length, 0);
}

/** Waits until everybody took what was announced, and no more is: some events follow from others. Gives up when nothing arrives any more. */
async function untilAllTaken(before: ReadonlySet<string>): Promise<Set<string>> {
  let announced = new Set<string>();
  for (let heard = 0, since = performance.now(); ; await sleep(1_000)) {
    const last = announced.size;
    announced = new Set(without(await announcedEvents(cluster.url), before));
    const missing = receiver.hooks.some(({ taken }) => without(announced, taken).length > 0);
    if (arrivalCount() > heard || announced.size > last) since = performance.now();
    heard = arrivalCount();
    const silentMs = performance.now() - since;
    if (silentMs > (missing ? GIVE_UP_MS : SETTLED_MS)) return announced;
  }
}

const without = (ids: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...ids].filter((id) => !others.has(id));

function report(title: string, deaths: Map<string, number>, log: number, people: BusyOrganization): void {
  const { hooks } = receiver;
  const row = (name: string, figure: (hook: Hook) => number): string =>
    `${name.padEnd(34)}${hooks.map((hook) => String(figure(hook)).padStart(26)).join("")}`;
  console.log(
    [
      `${title}: ${log} events of ${people.registered.size} registrations and ${people.played.size} plays`,
      `killed: ${[...deaths].map(([name, count]) => `${name} ${count}`).join(", ")}`,
      `${"".padEnd(34)}${hooks.map(({ name }) => name.padStart(26)).join("")}`,
      ...FAULT_NAMES.map((name) => row(`answered with: ${name}`, ({ faults }) => faults.get(name) ?? 0)),
      row("requests in all", ({ arrivals }) => arrivals.length),
      row("of these with a good signature", ({ arrivals, unverified }) => arrivals.length - unverified.length),
      row("events taken", ({ taken }) => taken.size),
      row("taken more than once", ({ arrivals, taken }) => arrivals.filter((it) => it.taken).length - taken.size),
    ].join("\n"),
  );
}

/** What is in order within itself, as an endpoint asked. */
const GROUPS = new Map<Ordering, (event: Event) => string>([
  [Ordering.ALL, () => "all"],
  // What is about no registration has no order.
  [Ordering.PER_REGISTRATION, (event) => event.subject?.registrationId || event.id],
]);

/** Ids in their order, in the groups they belong to. */
function inGroups(
  ids: readonly string[],
  log: readonly Event[],
  groupOf: (event: Event) => string,
): Map<string, string[]> {
  const groups = new Map(log.map((event) => [event.id, groupOf(event)]));
  return Map.groupBy(ids, (id) => groups.get(id) ?? "not in the log");
}

/** The external id in an event about a registration. */
function externalIdOf({ data }: Event): string {
  const registration = data?.registration;
  if (typeof registration !== "object" || registration === null || Array.isArray(registration)) return "";
  return String(registration.externalId);
}

/** In a small run the single process is left to webhook-kill.test.ts. */
const SHAPES: readonly Shape[] = BIG ? ["mesh", "single"] : ["mesh"];

describe.each(SHAPES)("%s", (shape) => {
  it.skipIf(!CAN_SEE_PROCESSES)(
    `tells each of ${EVENTS} events, in order where asked, while every process and PostgreSQL die`,
    async () => {
      product = await start(shape);
      const running = product;
      const before = await announcedEvents(cluster.url);
      await expect.poll(async () => (await readLog(running, "")).events.length, { timeout: 20_000 }).toBe(before.size);
      for (const hook of receiver.hooks) await subscribe(running, hook);
      const people = startBusyOrganization(running, "told", BIG ? 24 : 8);
      const deaths = await rage(running, VICTIMS[shape], async () => {
        const { size } = await announcedEvents(cluster.url);
        return size - before.size >= EVENTS;
      });
      await people.stop();

      const announced = await untilAllTaken(before);
      const log = (await readLog(running, "")).events.filter(({ id }) => announced.has(id));
      report(`${shape} process`, deaths, log.length, people);
      expect(announced.size).toBeGreaterThanOrEqual(EVENTS);
      expect(log).toHaveLength(announced.size);
      // What was acknowledged was announced.
      const created = new Set(log.filter(({ type }) => type === "registration.created").map(externalIdOf));
      expect(without(people.registered, created)).toEqual([]);
      const types = new Map(log.map(({ id, type }) => [id, type]));
      for (const hook of receiver.hooks) {
        expect(without(announced, hook.taken), `${hook.name}: never came`).toEqual([]);
        expect(
          hook.arrivals.filter(({ id, type }) => types.get(id) !== type),
          `${hook.name}: not announced`,
        ).toEqual([]);
        expect(hook.unverified, `${hook.name}: signature`).toEqual([]);
        expect(
          FAULT_NAMES.filter((name) => !hook.faults.has(name)),
          `${hook.name}: faults that never were`,
        ).toEqual([]);
        const groupOf = GROUPS.get(ORDERING[hook.name] ?? Ordering.NONE);
        if (groupOf)
          expect(inGroups([...hook.taken], log, groupOf), hook.name).toEqual(inGroups([...types.keys()], log, groupOf));
      }
      expect(receiver.insideHits()).toBe(0);
    },
    120_000 + EVENTS * 400,
  );
});
