import type { Product } from "./start-product.ts";

/** One request to `/xapi`. */
export interface XapiCall {
  /** Of the header; empty: none. */
  readonly version?: string;
  readonly authorization?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, unless it is a text or bytes. */
  readonly body?: unknown;
}

/** An answer with its body read. */
export interface XapiReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  json(): any;
}

/** Calls the Experience API of a product as a client of version 2.0 with every scope, unless told otherwise. */
export function xapiClient(product: Product): (method: string, path: string, call?: XapiCall) => Promise<XapiReply> {
  return async (method, path, { version = "2.0.0", authorization = product.authorization, ...call } = {}) => {
    const { query, headers, body } = call;
    const isRaw = typeof body === "string" || body instanceof Uint8Array;
    const url = path.startsWith("/xapi/") ? `${product.url}${path}` : `${product.url}/xapi/${path}`;
    const response = await fetch(query ? `${url}?${new URLSearchParams(query)}` : url, {
      method,
      headers: {
        authorization,
        ...(version ? { "x-experience-api-version": version } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString();
    return { status: response.status, headers: response.headers, text, bytes, json: () => JSON.parse(text) };
  };
}

/** A product and a client of it, once both are there. */
export interface XapiPlace {
  readonly product: Product;
  readonly call: ReturnType<typeof xapiClient>;
}
