import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readGroups } from "../src/aicc/hacp.ts";

/** A call as an AICC host got it. */
export interface HacpCall {
  readonly command: string;
  readonly sessionId: string;
  /** Keywords of the core group, and the core lesson. */
  readonly core: Readonly<Record<string, string>>;
  readonly lesson: string;
}

/** An AICC host: answers as it is told to, and remembers what it was told. */
export interface AiccHost {
  readonly url: string;
  readonly calls: HacpCall[];
  /** `aicc_data` of the next GetParam. */
  data: string;
  /** Answers all calls with this body and status instead. */
  mood: { readonly status: number; readonly body: string } | undefined;
  stop(): Promise<void>;
}

/** Starts a host on a free port of this machine. */
export async function startAiccHost(): Promise<AiccHost> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    const groups = readGroups(form.get("aicc_data") ?? "");
    const call = {
      command: form.get("command") ?? "",
      sessionId: form.get("session_id") ?? "",
      core: Object.fromEntries(groups.get("core") ?? []),
      lesson: groups.get("core_lesson")?.get("") ?? "",
    };
    host.calls.push(call);
    const answer = host.mood ?? {
      status: 200,
      body: `error=0\r\nerror_text=Successful\r\nversion=2.2\r\naicc_data=${call.command === "GetParam" ? host.data : ""}\r\n`,
    };
    response.writeHead(answer.status, { "content-type": "text/plain" }).end(answer.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host: AiccHost = {
    url: `http://127.0.0.1:${port}/hacp`,
    calls: [],
    data: "",
    mood: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return host;
}
