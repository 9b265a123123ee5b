import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A platform that speaks AICC HACP and nothing else, on an origin of its own. */
export interface HacpHost {
  readonly origin: string;
  /** `host:port` that its servers are reached at. */
  readonly authority: string;
  /** Address of the page that launches a unit's address for a session. */
  launchUrl(unit: string, sessionId: string): string;
  /** What was put for a session, newest last: core values by name in lower case. */
  readonly puts: ReadonlyMap<string, readonly Record<string, string>[]>;
  /** Commands of a session in order. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
  stop(): Promise<void>;
}

/** Starts the platform on a free port. A session keeps what was put, and gives it to the next launch, as real ones do (CMI001 6.4). */
export async function startHacpHost(): Promise<HacpHost> {
  const puts = new Map<string, Record<string, string>[]>();
  const commands = new Map<string, string[]>();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
    if (pathname === "/launch") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      const address = `${searchParams.get("unit")}?AICC_SID=${searchParams.get("session")}&AICC_URL=${encodeURIComponent(`${origin}/hacp`)}`;
      return response.end(
        `<!doctype html><html lang="en"><title>AICC platform</title><style>html,body,iframe{height:100%;width:100%;margin:0;border:0}</style><iframe title="Course" allow="fullscreen" src="${address.replaceAll("&", "&amp;")}"></iframe></html>`,
      );
    }
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    const session = form.get("session_id") ?? "";
    const command = (form.get("command") ?? "").toLowerCase();
    commands.set(session, [...(commands.get(session) ?? []), command]);
    if (command === "putparam")
      puts.set(session, [...(puts.get(session) ?? []), readCore(form.get("aicc_data") ?? "")]);
    const data = command === "getparam" ? paramsOf(session, puts.get(session)?.at(-1)) : "";
    response.writeHead(200, { "content-type": "text/plain" });
    response.end(`error=0\r\nerror_text=Successful\r\nversion=3.0\r\naicc_data=${data}`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const authority = `localhost:${port}`;
  const origin = `http://${authority}`;
  return {
    origin,
    authority,
    puts,
    commands,
    launchUrl: (unit, session) => `${origin}/launch?unit=${encodeURIComponent(unit)}&session=${session}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function paramsOf(session: string, kept: Record<string, string> | undefined): string {
  return [
    "[core]",
    `student_id=${session}`,
    "student_name=Silva, Ana",
    `lesson_location=${kept?.lesson_location ?? ""}`,
    "credit=credit",
    `lesson_status=${kept ? `${kept.lesson_status}, resume` : "not attempted, ab-initio"}`,
    `score=${kept?.score ?? ""}`,
    `time=${kept?.time ?? "00:00:00"}`,
    "[core_lesson]",
    kept?.core_lesson ?? "",
    "[core_vendor]",
    "",
  ].join("\r\n");
}

/** Core values of a PutParam; the free text of `[Core_Lesson]` as `core_lesson`. */
function readCore(data: string): Record<string, string> {
  const values: Record<string, string> = {};
  let group = "";
  for (const line of data.split(/\r?\n/)) {
    const named = /^\[(\w+)\]$/.exec(line.trim());
    if (named?.[1] !== undefined) {
      group = named[1].toLowerCase();
      continue;
    }
    const [, name, value = ""] = /^(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (group === "core" && name !== undefined) values[name.toLowerCase()] = value.trim().toLowerCase();
    if (group === "core_lesson" && line.trim() !== "") values.core_lesson = line.trim();
  }
  return values;
}
