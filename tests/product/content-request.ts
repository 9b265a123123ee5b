import { request } from "node:http";
import { text } from "node:stream/consumers";

/** An answer of the content origin. */
export interface ContentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Calls the content origin as a browser would, which sends every `*.localhost` to loopback; Node's resolver may not. */
export async function contentRequest(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<ContentAnswer> {
  const { hostname, host, port, pathname, search } = new URL(url);
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: isLocal ? "127.0.0.1" : hostname,
        port,
        path: pathname + search,
        method: options.method ?? "GET",
        headers: { host, ...options.headers },
      },
      (answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }), reject);
      },
    );
    outgoing.once("error", reject);
    outgoing.end(options.body);
  });
}
