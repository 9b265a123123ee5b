import type { Readable } from "node:stream";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { XapiParameters } from "./xapi-parameters.ts";

/** A request as resources see it: versions negotiated, parameters checked, an alternate request already read as what it stands for. */
export interface XapiRequest {
  readonly caller: Caller;
  readonly version: XapiVersion;
  readonly parameters: XapiParameters;
  /** A header by its name in lower case. */
  header(name: string): string | undefined;
  /** The body whole; a stream only for `multipart/mixed`. */
  readonly body: Buffer | Readable;
}

/** What a resource answers. */
export interface XapiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: no body. */
  readonly body?: Buffer | string | Readable;
}

export type XapiOperation = (request: XapiRequest) => Promise<XapiAnswer>;

/** Methods of the specification. HEAD is GET without its body. */
export type XapiMethod = "GET" | "PUT" | "POST" | "DELETE";

/** Type of every JSON answer. */
export const JSON_TYPE = "application/json; charset=utf-8";

/** 200 with JSON. */
export function jsonAnswer(value: unknown, headers: Readonly<Record<string, string>> = {}): XapiAnswer {
  return { status: 200, headers: { "content-type": JSON_TYPE, ...headers }, body: JSON.stringify(value) };
}
