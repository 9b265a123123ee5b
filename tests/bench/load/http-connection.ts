import { connect } from "node:net";

/** What came back. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** One connection that stays open, for one request after the other. Plain HTTP on a socket: the client must cost less than what it measures. */
export interface HttpConnection {
  post(path: string, body: string): Promise<HttpAnswer>;
  close(): void;
}

/**
 * @param url origin; every `*.localhost` is loopback, as browsers have it.
 * @param headers of every request, besides what it cannot do without.
 */
export function httpConnection(url: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpConnection> {
  const lines = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  const { hostname, host, port } = new URL(url);
  const address = hostname === "localhost" || hostname.endsWith(".localhost") ? "127.0.0.1" : hostname;
  const socket = connect(Number(port), address);
  socket.setNoDelay(true);
  let received = "";
  let waiting: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void } | undefined;
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = undefined;
  };
  socket.on("data", (chunk: Buffer) => {
    // One character a byte, so that lengths in the head count characters.
    received += chunk.toString("latin1");
    const end = received.indexOf("\r\n\r\n");
    if (end === -1) return;
    const head = received.slice(0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) return fail(new Error(`an answer without a length: ${head}`));
    if (received.length < end + 4 + Number(length)) return;
    const body = received.slice(end + 4);
    received = "";
    waiting?.resolve({ status: Number(head.slice(9, 12)), body });
    waiting = undefined;
  });
  socket.on("close", () => fail(new Error("the server closed the connection")));
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject).on("error", fail);
      resolve({
        post: (path, body) =>
          new Promise((answer, refuse) => {
            waiting = { resolve: answer, reject: refuse };
            const length = Buffer.byteLength(body);
            const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${lines}Content-Length: ${length}\r\n\r\n`;
            socket.write(head + body);
          }),
        close: () => socket.destroy(),
      });
    });
  });
}
