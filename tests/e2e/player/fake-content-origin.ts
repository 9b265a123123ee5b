import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { foldJournal } from "@coursemesh/scorm/instance12/fold-journal.ts";
import { emptyInstance, type InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { LaunchContext } from "@coursemesh/scorm/instance12/launch-context.ts";
import { launchOf } from "@coursemesh/scorm/instance12/testing/course.ts";
import type { JournalCall, JournalMethod } from "@coursemesh/scorm/journal/journal-call.ts";

/** One learner in one course: what launches share. */
export interface FakeRegistration {
  readonly outline: CourseOutline;
  readonly files: ReadonlyMap<string, string | Buffer>;
  readonly settings: Record<string, string>;
  state: InstanceState;
  lease: string;
}

/** One launch, and what the server did with it. */
export interface FakeLaunch {
  readonly token: string;
  readonly registration: FakeRegistration;
  readonly context: LaunchContext;
  readonly calls: JournalCall[];
  readonly differences: unknown[];
  readonly opened: { takeLease: boolean }[];
  returnUrl: string;
  locale: string;
  closed: string;
  /** An error that `open` gives instead: status, reason, metadata. */
  refusal: { status: number; reason: string; metadata: Record<string, string> } | undefined;
  traceparents: Set<string>;
}

type Call = [number, string, JournalMethod, string, string, string, string];

/** A content origin of few lines over the real fold of packages/scorm: what the player is promised, and every way to break it. */
export class FakeContentOrigin {
  readonly launches = new Map<string, FakeLaunch>();
  /** What the API does with journals: answers, fails with 503, or cuts the connection. */
  journal: "up" | "down" | "cut" = "up";
  /** Milliseconds before an API answer. */
  delay = 0;
  /** Milliseconds before a file of the course. */
  fileDelay = 0;
  readonly #player: string;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error) => {
      response.destroy(error);
    });
  });

  /** `player` is the folder that the player was built into. */
  constructor(player: string) {
    this.#player = player;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  registration(
    outline: CourseOutline,
    files: ReadonlyMap<string, string | Buffer>,
    settings: Record<string, string> = {},
  ): FakeRegistration {
    return { outline, files, settings, state: emptyInstance, lease: "" };
  }

  launch(registration: FakeRegistration, token: string, change: Partial<LaunchContext> = {}): FakeLaunch {
    const launch: FakeLaunch = {
      token,
      registration,
      context: launchOf(`launch-${token}`, change),
      calls: [],
      differences: [],
      opened: [],
      returnUrl: "",
      locale: "en",
      closed: "",
      refusal: undefined,
      traceparents: new Set(),
    };
    this.launches.set(token, launch);
    return launch;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? "/", "http://host");
    const [, first, token, kind, ...rest] = url.pathname.split("/");
    if (first === "_player") return this.#file(response, join(this.#player, url.pathname.slice("/_player/".length)));
    const launch = this.launches.get(token ?? "");
    if (first !== "l" || !launch) {
      // An unknown launch still gets the player, which then says so.
      if (first === "l" && kind === "") return this.#file(response, join(this.#player, "player.html"));
      return send(response, 404, {
        error: { reason: "LAUNCH_NOT_FOUND", message: "No launch has this token.", metadata: {} },
      });
    }
    if (kind === "") return this.#file(response, join(this.#player, "player.html"));
    if (kind === "c") {
      await new Promise((resolve) => setTimeout(resolve, this.fileDelay));
      const content = launch.registration.files.get(decodeURIComponent(rest.join("/")));
      response.writeHead(content === undefined ? 404 : 200, { "content-type": typeOf(url.pathname) });
      response.end(content ?? "not there");
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    if (typeof request.headers.traceparent === "string") launch.traceparents.add(request.headers.traceparent);
    const body = await textOf(request);
    if (rest[0] === "open") return this.#open(response, launch, JSON.parse(body));
    if (rest[0] === "journal")
      return this.#append(response, launch, Number(url.searchParams.get("first")), JSON.parse(body));
    launch.closed = JSON.parse(body).end;
    send(response, 200, { result: {} });
  }

  #open(response: ServerResponse, launch: FakeLaunch, body: { takeLease: boolean }): unknown {
    const { registration, context, refusal } = launch;
    if (refusal) return send(response, refusal.status, { error: { ...refusal, message: refusal.reason } });
    launch.opened.push(body);
    launch.closed = "";
    registration.lease = context.id;
    send(response, 200, {
      launch: { id: context.id, registrationId: "registration", instanceId: "instance", mode: context.mode },
      courseTitle: registration.outline.title,
      outline: registration.outline,
      context,
      state: registration.state,
      settings: registration.settings,
      acknowledgedSeq: launch.calls.length,
      result: {},
      returnUrl: launch.returnUrl,
      locale: launch.locale,
      organizationName: "An organization",
    });
  }

  #append(response: ServerResponse, launch: FakeLaunch, first: number, sent: Call[]): unknown {
    if (this.journal === "cut") {
      response.destroy();
      return;
    }
    if (this.journal === "down")
      return send(response, 503, { error: { reason: "UNAVAILABLE", message: "down", metadata: {} } });
    const { registration, context, calls } = launch;
    if (registration.lease !== "" && registration.lease !== context.id)
      return send(response, 409, {
        error: { reason: "LEASE_LOST", message: "A newer launch records now.", metadata: {} },
      });
    if (first <= calls.length + 1) {
      const numbered = sent.map(([at, activity, method, element, value, result, error], index) => {
        return { seq: first + index, at, activity, method, element, value, result, error };
      });
      const fresh = numbered.filter((call) => call.seq > calls.length);
      const own =
        registration.state.launch === context.id
          ? registration.state
          : { ...foldJournal(registration.outline, context, registration.state, []).state, seq: calls.length };
      const folded = foldJournal(registration.outline, context, own, fresh);
      registration.state = folded.state;
      calls.push(...fresh);
      launch.differences.push(...folded.differences);
    }
    send(response, 200, { acknowledgedSeq: calls.length, result: {} });
  }

  async #file(response: ServerResponse, path: string): Promise<void> {
    const content = await readFile(path).catch(() => undefined);
    const headers = { "content-type": typeOf(path), "permissions-policy": "unload=(self)" };
    response.writeHead(content === undefined ? 404 : 200, headers);
    response.end(content);
  }
}

function send(response: ServerResponse, status: number, body: unknown): ServerResponse {
  response.writeHead(status, { "content-type": "application/json" });
  return response.end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function typeOf(path: string): string {
  if (path.endsWith(".html")) return "text/html; charset=utf-8";
  if (path.endsWith(".js")) return "text/javascript";
  if (path.endsWith(".css")) return "text/css";
  return "application/octet-stream";
}
