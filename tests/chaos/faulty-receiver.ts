import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";

/** What a receiver does wrong, and whether the event was taken all the same, as receivers do that break after they have heard. */
const FAULTS: readonly { readonly name: string; readonly taken: boolean; readonly commit: Misdeed }[] = [
  { name: "500", taken: false, commit: (_, response) => void response.writeHead(500).end("no") },
  {
    name: "503 with Retry-After",
    taken: false,
    commit: (_, response) => void response.writeHead(503, { "retry-after": "1" }).end(),
  },
  {
    name: "429 with Retry-After",
    taken: false,
    commit: (_, response) => void response.writeHead(429, { "retry-after": "1" }).end(),
  },
  { name: "hang", taken: false, commit: () => undefined },
  { name: "reset at once", taken: false, commit: (request) => void request.socket.resetAndDestroy() },
  { name: "reset once taken", taken: true, commit: (request) => void request.socket.resetAndDestroy() },
  {
    name: "redirect inside",
    taken: false,
    commit: (_, response, inside) => void response.writeHead(307, { location: inside }).end(),
  },
  {
    name: "slow answer",
    taken: true,
    commit: async (_, response) => {
      await sleep(400);
      response.writeHead(200).end("late");
    },
  },
  {
    name: "answer cut off",
    taken: true,
    commit: (request, response) => {
      response.writeHead(200, { "content-length": "1000" }).write("the beginning");
      setTimeout(() => request.socket.destroy(), 10);
    },
  },
];

type Misdeed = (request: IncomingMessage, response: ServerResponse, inside: string) => unknown;

/** One request as it came. */
export interface Arrival {
  readonly id: string;
  readonly type: string;
  /** Whether the receiver heard it; if not, it has to come again. */
  readonly taken: boolean;
}

/** One address of the receiver, as one endpoint is told of it. */
export interface Hook {
  readonly name: string;
  readonly url: string;
  /** Its endpoint's secret; requests are verified with it. */
  secret: string;
  readonly arrivals: Arrival[];
  /** Ids that were taken, in the order of their first coming. */
  readonly taken: Set<string>;
  /** Requests whose signature was not good, with the reason. */
  readonly unverified: string[];
  /** How often each fault was committed. */
  readonly faults: Map<string, number>;
}

/** A receiver on loopback that misbehaves in turn in every way there is. */
export interface FaultyReceiver {
  readonly hooks: readonly Hook[];
  readonly port: number;
  /** Requests that came to where redirects lead. */
  insideHits(): number;
  stop(): void;
}

/** @param names one hook each. @param every every so many requests of a hook one goes wrong. */
export async function startFaultyReceiver(names: readonly string[], every: number): Promise<FaultyReceiver> {
  let insideHits = 0;
  const inside = await listen((request, response) => {
    insideHits += 1;
    request.resume();
    response.end();
  });
  const hooks: Hook[] = [];
  const outside = await listen(async (request, response) => {
    const hook = hooks.find(({ name }) => request.url === `/${name}`);
    const body = Buffer.concat(await request.toArray().catch(() => [])).toString();
    // A sender that died leaves half a request.
    if (hook === undefined || body === "" || !request.complete) return void response.destroy();
    const id = String(request.headers["webhook-id"]);
    try {
      new Webhook(hook.secret).verify(body, request.headers as Record<string, string>);
    } catch (error) {
      hook.unverified.push(`${id}: ${error}`);
    }
    const turn = hook.arrivals.length + 1;
    const fault = turn % every === 0 ? FAULTS[(turn / every) % FAULTS.length] : undefined;
    const taken = fault?.taken ?? true;
    hook.arrivals.push({ id, type: JSON.parse(body).type, taken });
    if (taken) hook.taken.add(id);
    if (fault === undefined) return void response.writeHead(204).end();
    hook.faults.set(fault.name, (hook.faults.get(fault.name) ?? 0) + 1);
    fault.commit(request, response, `http://127.0.0.1:${inside.port}/latest/meta-data`);
  });
  for (const name of names) {
    const url = `http://127.0.0.1:${outside.port}/${name}`;
    hooks.push({ name, url, secret: "", arrivals: [], taken: new Set(), unverified: [], faults: new Map() });
  }
  return {
    hooks,
    port: outside.port,
    insideHits: () => insideHits,
    stop() {
      for (const server of [inside.server, outside.server]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** Names of all faults. */
export const FAULT_NAMES: readonly string[] = FAULTS.map(({ name }) => name);

async function listen(listener: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}
