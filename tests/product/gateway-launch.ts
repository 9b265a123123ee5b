import { randomUUID } from "node:crypto";
import type { CustomerPackage } from "./dispatched-course.ts";
import type { Product } from "./start-product.ts";

/** What the gateway answered. */
export interface GatewayAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Origin of the platform that launches come from, unless another is given. */
export const PLATFORM = "https://lms.example";

/** Calls the gateway as a page of a package does. */
export async function postToGateway(
  product: Product,
  call: string,
  body: object,
  origin: string = PLATFORM,
): Promise<GatewayAnswer> {
  const response = await fetch(`${product.url}/dispatch/v1/${call}`, {
    method: "POST",
    headers: { "content-type": "text/plain;charset=UTF-8", origin },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: fieldsOf(await response.json()) };
}

/** Asks for a launch of a learner from a package, or from what claims to be one. */
export function askForLaunch(
  product: Product,
  from: Pick<CustomerPackage, "id" | "dispatchId" | "signature">,
  learnerId: string,
  { origin = PLATFORM, requestId = randomUUID() }: { readonly origin?: string; readonly requestId?: string } = {},
): Promise<GatewayAnswer> {
  const { id: packageId, dispatchId, signature: packageSignature } = from;
  const learner = { id: learnerId, name: "Silva, Ana" };
  const host = { lmsProduct: "Test LMS", apiVersion: "1.2", lmsCourseId: "c1" };
  const request = { requestId, dispatchId, packageId, packageSignature, launcherVersion: "1.0.0", host, learner };
  return postToGateway(product, "exchanges", { ...request, freshEntry: true }, origin);
}

/** What came of asking: `admitted`, or the reason against it without its prefix. */
export function verdictOf({ body }: GatewayAnswer): string {
  if (body.admission !== undefined) return "admitted";
  const { reason } = fieldsOf(body.refusal ?? body.error);
  return String(reason ?? "").replace(/^REFUSAL_REASON_/, "");
}

/** A text of an admission, or of what a code was traded for. */
export function textOf(value: unknown, name: string): string {
  const text = fieldsOf(value)[name];
  if (typeof text !== "string") throw new Error(`there is no ${name} in ${JSON.stringify(value)}`);
  return text;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
