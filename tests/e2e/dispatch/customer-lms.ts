import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { lookup } from "./media-type.ts";

/** Standards that the customer's LMS speaks. */
export type LmsStandard = "1.2" | "2004";

/** A learning platform of a customer, made of scorm-again and a plain page, on an origin of its own. */
export interface CustomerLms {
  /** Origin; `localhost`, while the product is on `127.0.0.1`: another site. */
  readonly origin: string;
  /** Puts an unzipped package on the shelf. */
  shelve(name: string, files: ReadonlyMap<string, Buffer>): void;
  /** Address of the page that launches a package for a learner. */
  launchUrl(name: string, standard: LmsStandard, learner: string): string;
  /** What hosts' servers were posted, for AICC. */
  stop(): Promise<void>;
}

const scormAgain = dirname(createRequire(import.meta.url).resolve("scorm-again"));

/** Starts the platform on a free port. */
export async function startCustomerLms(): Promise<CustomerLms> {
  const shelf = new Map<string, ReadonlyMap<string, Buffer>>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://lms");
    const [, area = "", name = "", ...rest] = decodeURIComponent(pathname).split("/");
    if (area === "launch") return send(response, "page.html", Buffer.from(page(name, searchParams)));
    if (area === "scorm-again")
      return void readFile(join(scormAgain, name)).then((bytes) => send(response, name, bytes));
    const file = area === "p" ? shelf.get(name)?.get(rest.join("/")) : undefined;
    if (file) return send(response, rest.join("/"), file);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  return {
    origin,
    shelve: (name, files) => void shelf.set(name, files),
    launchUrl: (name, standard, learner) => `${origin}/launch/${name}?standard=${standard}&learner=${learner}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, name: string, bytes: Buffer): void {
  response.writeHead(200, { "content-type": lookup(name), "cache-control": "no-store" }).end(bytes);
}

/**
 * The platform's launch page: scorm-again behind an object that writes down every call, and keeps what a platform's database would keep in
 * the page's own storage at each Commit and Finish.
 */
function page(name: string, search: URLSearchParams): string {
  const is12 = search.get("standard") === "1.2";
  return `<!doctype html><html lang="en"><title>Customer LMS</title>
<style>html,body{height:100%;margin:0}body{display:flex;flex-direction:column;font:14px system-ui}header{padding:8px}iframe{flex:1;border:0}</style>
<script src="/scorm-again/${is12 ? "scorm12" : "scorm2004"}.min.js"></script>
<body><header>Customer LMS</header><script>
const key = "record:" + ${JSON.stringify(`${name}:${search.get("learner")}`)};
const kept = JSON.parse(localStorage.getItem(key) ?? "null");
const cmi = kept?.exit === "suspend" ? kept : {};
const fresh = kept?.exit !== "suspend";
const is12 = ${is12};
const api = is12 ? new Scorm12API({ logLevel: 5 }) : new Scorm2004API({ logLevel: 5 });
const learner = ${JSON.stringify(search.get("learner"))};
if (is12) {
  api.cmi.core.student_id = learner;
  api.cmi.core.student_name = "Silva, Ana";
  api.cmi.core.entry = fresh ? "ab-initio" : "resume";
  if (cmi.status) api.cmi.core.lesson_status = cmi.status;
  if (cmi.total) api.cmi.core.total_time = cmi.total;
  if (cmi.raw) api.cmi.core.score.raw = cmi.raw;
} else {
  api.cmi.learner_id = learner;
  api.cmi.learner_name = "Silva, Ana";
  api.cmi.entry = fresh ? "ab-initio" : "resume";
  if (cmi.completion) api.cmi.completion_status = cmi.completion;
  if (cmi.success) api.cmi.success_status = cmi.success;
  if (cmi.total) api.cmi.total_time = cmi.total;
  if (cmi.raw) api.cmi.score.raw = cmi.raw;
}
if (cmi.suspendData) api.cmi.suspend_data = cmi.suspendData;
window.calls = [];
window.answers = {};
const record = { exit: "", finished: false };
function keep(finished) {
  record.finished = finished;
  record.suspendData = api.cmi.suspend_data;
  if (is12) {
    record.status = api.cmi.core.lesson_status;
    record.raw = api.cmi.core.score.raw;
    record.location = api.cmi.core.lesson_location;
    record.total = api.cmi.getCurrentTotalTime();
  } else {
    record.completion = api.cmi.completion_status;
    record.success = api.cmi.success_status;
    record.raw = api.cmi.score.raw;
    record.scaled = api.cmi.score.scaled;
    record.location = api.cmi.location;
    record.total = api.cmi.getCurrentTotalTime();
  }
  localStorage.setItem(key, JSON.stringify(record));
}
const methods = is12
  ? ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish", "LMSGetLastError", "LMSGetErrorString"]
  : ["Initialize", "GetValue", "SetValue", "Commit", "Terminate", "GetLastError", "GetErrorString"];
const original = {};
for (const method of methods) {
  const call = api[method] ?? api[method.charAt(0).toLowerCase() + method.slice(1)];
  original[method] = (...args) => {
    const odd = window.answers[method];
    if (odd) return odd(...args);
    const finishing = method === "LMSFinish" || method === "Terminate";
    if (finishing) keep(true);
    const answer = call.apply(api, args);
    window.calls.push([method, ...args, answer].join(" "));
    if (method === "LMSSetValue" && args[0] === "cmi.core.exit" && answer === "true") record.exit = args[1];
    if (method === "SetValue" && args[0] === "cmi.exit" && answer === "true") record.exit = args[1];
    if (method === "LMSCommit" || method === "Commit") keep(false);
    return answer;
  };
}
window[is12 ? "API" : "API_1484_11"] = original;
</script>
<iframe title="Course" allow="fullscreen; unload" src="/p/${name}/index.html"></iframe></body></html>`;
}
