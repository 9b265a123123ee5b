import { createRequire } from "node:module";
import type { Product } from "../../product/start-product.ts";

/** What an operation of the vendor's client gave: the data it made of the answer, and the answer. */
export interface Answered<Data> {
  readonly data: Data;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer that the vendor's client takes for an error. */
export class CloudError extends Error {
  override readonly name = "CloudError";
  readonly status: number;
  /** Body as it came. */
  readonly body: { readonly message?: string };
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: { message?: string }, headers: Record<string, string>) {
    super(body.message ?? `status ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

type Group = "AboutApi" | "PingApi" | "CourseApi" | "RegistrationApi" | "DispatchApi";
type Api = Readonly<Record<string, (...parameters: unknown[]) => unknown>>;
type RawAnswer = { status: number; headers: Record<string, string>; body: { message?: string } };
type ScormCloud = Readonly<Record<Group, new (client: unknown) => Api>> & {
  readonly ApiClient: new () => {
    basePath: string;
    authentications: Record<string, { username?: string; password?: string }>;
  };
};

const cloud = createRequire(import.meta.url)("@rusticisoftware/scormcloud-api-v2-client-javascript") as ScormCloud;

/** Calls one operation of the vendor's published client, as it is, against a product. */
export type CloudCall = <Data = Record<string, unknown>>(
  group: Group,
  operation: string,
  ...parameters: unknown[]
) => Promise<Answered<Data>>;

/** @param key id and secret of an API key; absent: no credentials are sent. */
export function scormCloudClient(product: Product, key?: { readonly id: string; readonly secret: string }): CloudCall {
  const client = new cloud.ApiClient();
  client.basePath = `${product.url}/api/v2`;
  if (key) client.authentications.APP_NORMAL = { type: "basic", username: key.id, password: key.secret } as object;
  return <Data>(group: Group, operation: string, ...parameters: unknown[]) =>
    new Promise<Answered<Data>>((resolve, reject) => {
      const api = new cloud[group](client);
      api[operation]?.(
        ...parameters,
        (error: (Error & { response?: RawAnswer }) | null, data: Data, response: RawAnswer) => {
          if (error === null) resolve({ data, status: response.status, headers: response.headers });
          else if (error.response === undefined) reject(error);
          else reject(new CloudError(error.response.status, error.response.body, error.response.headers));
        },
      );
    });
}
