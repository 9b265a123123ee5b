/**
 * Files per second of the content origin beside a bare static file server (`node:http` and a file stream), on loopback:
 * `node tests/bench/content-origin.ts`. Each server has a process of its own; the client writes requests to plain sockets, so that
 * it costs little. Aim: at least half of the bare server, for small files and for files of 1 MB.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, createRouterTransport } from "@connectrpc/connect";
import { bffConfig } from "@coursemesh/bff/config.ts";
import { contentServer } from "@coursemesh/bff/content-server.ts";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { inProcessBus } from "@coursemesh/platform/events/in-process-bus.ts";
import { clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { PlayerService } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import { pino } from "pino";
import { median } from "./load/statistics.ts";

const FILES = { "small.js": 8_000, "large.mp4": 1_000_000 } as const;
const CONNECTIONS = 16;
const ROUNDS = 5;
const ROUND_MS = 1_000;
const AIM = 0.5;
const TOKEN = "bench-token-bench-token";

const [role, folder = ""] = process.argv.slice(2);
if (role === "origin") await serveOrigin(folder);
else if (role === "bare") await serveBare(folder);
else await compare();
// A server must not outlive the bench that started it.
process.once("disconnect", () => process.exit());

async function compare(): Promise<void> {
  const files = await mkdtemp(join(tmpdir(), "bench-content-"));
  for (const [name, size] of Object.entries(FILES)) await writeFile(join(files, name), randomBytes(size));
  const servers = [await start("origin", files), await start("bare", files)];
  try {
    let met = true;
    for (const [name, size] of Object.entries(FILES)) {
      const rates: [number[], number[]] = [[], []];
      for (let round = -1; round < ROUNDS; round += 1) {
        for (const [index, server] of servers.entries()) {
          const path = index === 0 ? `/l/${TOKEN}/c/${name}` : `/${name}`;
          const rate = await load(server.port, path);
          // The first round warms up.
          if (round >= 0) rates[index]?.push(rate);
        }
      }
      const [ours, bare] = [median(rates[0]), median(rates[1])];
      met &&= ours / bare >= AIM;
      const megabytes = ((ours * size) / 1e6).toFixed(0);
      console.log(
        `${name.padEnd(10)} ${String(size).padStart(8)} bytes: origin ${ours.toFixed(0)}/s (${megabytes} MB/s), bare ${bare.toFixed(0)}/s, ratio ${(ours / bare).toFixed(2)}`,
      );
    }
    console.log(met ? `aim of ${AIM} met` : `aim of ${AIM} missed`);
    process.exitCode = met ? 0 : 1;
  } finally {
    for (const { child } of servers) child.kill();
    await rm(files, { recursive: true });
  }
}

async function start(name: string, files: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(import.meta.filename, [name, files], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message) => resolve(message as number));
    child.once("exit", () => reject(new Error(`the ${name} server did not start`)));
  });
  return { child, port };
}

/** Requests per second of one round over some connections that stay open. */
async function load(port: number, path: string): Promise<number> {
  const began = performance.now();
  const until = began + ROUND_MS;
  const counts = await Promise.all(Array.from({ length: CONNECTIONS }, () => requests(port, path, until)));
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - began) / 1000);
}

/** One request after the other on one connection; reads a response's length from its head and counts its bytes. */
function requests(port: number, path: string, until: number): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    let count = 0;
    let missing = 0;
    socket.setNoDelay(true);
    socket.on("error", reject);
    socket.on("data", (chunk: Buffer) => {
      if (missing > 0) missing -= chunk.length;
      else {
        const end = chunk.indexOf("\r\n\r\n");
        const head = chunk.toString("latin1", 0, end);
        const length = /content-length: (\d+)/i.exec(head)?.[1];
        if (end === -1 || !head.startsWith("HTTP/1.1 200") || length === undefined) {
          socket.destroy(new Error(`unexpected answer: ${head.slice(0, 200)}`));
          return;
        }
        missing = Number(length) - (chunk.length - end - 4);
      }
      if (missing > 0) return;
      count += 1;
      if (performance.now() < until) socket.write(request);
      else {
        socket.destroy();
        resolve(count);
      }
    });
  });
}

/** The content port as it is in production, in front of made-up launches. */
async function serveOrigin(files: string): Promise<void> {
  const blobs = await diskBlobStore(join(files, "blobs"));
  const stored = new Map<string, { hash: string; sizeBytes: bigint; mediaType: string; path: string }>();
  for (const path of Object.keys(FILES)) {
    const { hash, size } = await blobs.put(createReadStream(join(files, path)));
    const mediaType = path.endsWith(".js") ? "text/javascript; charset=utf-8" : "video/mp4";
    stored.set(path, { path, hash, sizeBytes: BigInt(size), mediaType });
  }
  const transport = createRouterTransport((router) => {
    router.service(PlayerService, {
      resolveLaunch: () => ({
        launchId: "l",
        organizationId: createHash("md5").update("o").digest("hex"),
        packageId: "p",
        courseVersionId: "v",
        maxAgeSeconds: 60,
      }),
    });
    router.service(PackageService, {
      resolveFile({ path }) {
        const file = stored.get(path);
        if (!file) throw serviceError(Code.NotFound, "PACKAGE_FILE_NOT_FOUND", "the package has no such file");
        return { file };
      },
    });
  });
  const logger = pino({ level: "silent" });
  const server = await contentServer(bffConfig.parse({ CONTENT_URL: "http://localhost" }), {
    clients: clientsOver(() => transport),
    bus: inProcessBus(),
    blobs,
    logger,
    signature: callerSignature("bench-bench-bench-bench-bench-bench"),
    health: async () => ({}),
  } as unknown as Parameters<typeof contentServer>[1]);
  await server.listen({ host: "127.0.0.1", port: 0 });
  process.send?.((server.server.address() as AddressInfo).port);
}

async function serveBare(files: string): Promise<void> {
  const server = createServer(async (request, response) => {
    const path = join(files, request.url ?? "/");
    const { size } = await stat(path);
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": size });
    createReadStream(path).pipe(response);
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
}
