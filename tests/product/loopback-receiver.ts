import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP receiver on loopback that keeps what it gets. */
export interface LoopbackReceiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** What it answers from now on; `hang`: nothing, until the other side gives up. */
  answer(status: number | "hang", body?: string): void;
  stop(): Promise<void>;
}

/** Answers 204 until it is told otherwise. */
export async function startLoopbackReceiver(): Promise<LoopbackReceiver> {
  const received: Received[] = [];
  let status: number | "hang" = 204;
  let text = "";
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    received.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
    if (status !== "hang") response.writeHead(status, { "content-type": "text/plain" }).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer(next, body = "") {
      status = next;
      text = body;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
