import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { FastifyRequest } from "fastify";
import { requestRefused } from "../xapi-errors.ts";
import type { XapiMethod } from "./xapi-request.ts";
import { readVersion, VERSION_HEADER } from "./xapi-version.ts";

/** What a form stands for (xAPI 1.0.3, Communication 1.3). */
export interface AlternateRequest {
  readonly method: XapiMethod | "HEAD";
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Form fields that are headers, in lower case. */
const HEADERS = new Set([
  "accept",
  "accept-language",
  "authorization",
  "content-length",
  "content-type",
  "if-match",
  "if-none-match",
  VERSION_HEADER,
]);
const METHODS = new Set(["GET", "HEAD", "PUT", "POST", "DELETE"]);
const REQUIREMENT = "XAPI-00336";

/** Whether a request is a form that stands for another: its caller can only be known once its body is read. */
export function isAlternate(request: FastifyRequest): boolean {
  const query = request.query as Record<string, unknown>;
  return (
    request.method === "POST" &&
    "method" in query &&
    /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(request.headers["content-type"] ?? "")
  );
}

/** Reads such a form. @throws QUERY_INVALID when it holds too much or too little, or its version has no such syntax. */
export function readAlternate(request: FastifyRequest, form: Buffer): AlternateRequest {
  const { method, ...others } = request.query as Record<string, unknown>;
  const [extra] = Object.keys(others);
  if (extra !== undefined) throw requestRefused(REQUIREMENT, extra, "beside method, everything belongs into the form");
  if (typeof method !== "string" || !METHODS.has(method))
    throw requestRefused(REQUIREMENT, "method", "must be GET, HEAD, PUT, POST or DELETE");
  const headers: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  let content: string | undefined;
  for (const [name, value] of new URLSearchParams(form.toString("utf8"))) {
    const header = name.toLowerCase();
    const target = HEADERS.has(header) ? headers : parameters;
    const key = target === headers ? header : name;
    if (Object.hasOwn(target, key) || (name === "content" && content !== undefined))
      throw requestRefused(REQUIREMENT, name.slice(0, 60), "is given more than once");
    if (name === "content") content = value;
    else target[key] = value;
  }
  const version = headers[VERSION_HEADER] ?? request.headers[VERSION_HEADER];
  if (typeof version === "string" && readVersion(version) === XapiVersion.V2_0_0)
    throw requestRefused("alternate-syntax-removed", "method", "xAPI 2.0 has no alternate request syntax");
  const hasBody = method === "PUT" || method === "POST";
  if (hasBody && content === undefined)
    throw requestRefused(REQUIREMENT, "content", "the form must hold the body as content");
  headers["content-type"] ??= "application/json";
  return { method: method as XapiMethod, headers, parameters, body: Buffer.from(content ?? "") };
}
