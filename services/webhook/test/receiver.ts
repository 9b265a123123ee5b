import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the receiver does with one request. */
export type Mood = (request: IncomingMessage, response: ServerResponse) => void;

/** A request that came. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The webhook's id. */
  readonly id: string;
  readonly at: number;
}

/** A receiver on loopback that takes everything, unless its next moods say something else. */
export interface Receiver {
  readonly url: string;
  readonly requests: Received[];
  /** For the next requests, one each. */
  readonly moods: Mood[];
  /** For every request without a mood of its own. */
  mood: Mood;
  stop(): void;
}

export const answer =
  (status: number, headers: Record<string, string> = {}, text = ""): Mood =>
  (_request, response) =>
    void response.writeHead(status, headers).end(text);
export const reset: Mood = (request) => void request.socket.destroy();
export const hang: Mood = () => undefined;

export async function startReceiver(): Promise<Receiver> {
  const requests: Received[] = [];
  const moods: Mood[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const { headers, url: path = "" } = request;
    requests.push({ path, headers, body, id: String(headers["webhook-id"] ?? ""), at: performance.now() });
    (moods.shift() ?? receiver.mood)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    requests,
    moods,
    mood: answer(204),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}

/**
 * Whether a request is signed with a secret, by the text of the Standard Webhooks specification and nothing of ours: the base64 of
 * HMAC-SHA256 over `id.timestamp.body` is one of the space-separated `v1,` signatures, and the timestamp is of now.
 */
export function isSignedWith({ headers, body }: Received, secret: string): boolean {
  const timestamp = Number(headers["webhook-timestamp"]);
  if (Math.abs(Date.now() / 1000 - timestamp) > 300) return false;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(`${headers["webhook-id"]}.${timestamp}.${body}`).digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .map((signature) => signature.split(","))
    .some(([version, text = ""]) => {
      const given = Buffer.from(text, "base64");
      return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
    });
}
