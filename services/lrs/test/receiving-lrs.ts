import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the target does with one request. */
export type Mood = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A record store on loopback that takes statements, unless its next moods say something else. */
export interface ReceivingLrs {
  /** Base address. */
  readonly url: string;
  /** `host:port`, for the allow-list. */
  readonly host: string;
  /** Ids accepted, in order, again for every repetition. */
  readonly accepted: string[];
  readonly requests: { readonly headers: IncomingMessage["headers"]; readonly body: string; readonly at: number }[];
  /** For the next requests, one each. */
  readonly moods: Mood[];
  /** For every request without a mood of its own. */
  mood: Mood;
  stop(): void;
}

/** Statements in a request's body, JSON or the first part of multipart. */
export function statementsIn(body: string): { id: string }[] {
  const begin = body.startsWith("--") ? body.indexOf("\r\n\r\n") + 4 : 0;
  const end = body.startsWith("--") ? body.indexOf("\r\n--", begin) : body.length;
  return JSON.parse(body.slice(begin, end));
}

export const answer =
  (status: number, text = "", headers: Record<string, string> = {}): Mood =>
  (_request, response) =>
    void response.writeHead(status, headers).end(text);
export const reset: Mood = (request) => void request.socket.destroy();
/** Takes the statements and loses the connection before it can say so. */
export const hang: Mood = () => undefined;

export async function receivingLrs(): Promise<ReceivingLrs> {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString("latin1");
    requests.push({ headers: request.headers, body, at: performance.now() });
    (moods.shift() ?? lrs.mood)(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const requests: ReceivingLrs["requests"][number][] = [];
  const moods: Mood[] = [];
  const accepted: string[] = [];
  const lrs: ReceivingLrs = {
    url: `http://127.0.0.1:${port}/xapi`,
    host: `127.0.0.1:${port}`,
    accepted,
    requests,
    moods,
    mood: (request, response, body) => {
      if (request.url === "/xapi/about") return void response.end('{"version":["1.0.3","2.0.0"]}');
      const ids = statementsIn(body).map(({ id }) => id);
      accepted.push(...ids);
      response.end(JSON.stringify(ids));
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return lrs;
}
