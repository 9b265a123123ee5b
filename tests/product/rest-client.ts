import { setTimeout as sleep } from "node:timers/promises";
import type { Product } from "./start-product.ts";

/** The few calls of REST v2 that journeys need, by plain HTTP as any integrator would make them. */
export interface RestClient {
  request(method: string, path: string, body?: unknown): Promise<Response>;
  /** Imports a package and waits for the end; answers the job as the API shows it. */
  importCourse(courseId: string, zip: Uint8Array): Promise<{ status: string; [field: string]: unknown }>;
  /** Registers a learner, by default one of the registration's own. */
  register(courseId: string, registrationId: string, learner?: RestLearner): Promise<void>;
  launchLink(registrationId: string, redirectOnExitUrl?: string): Promise<string>;
  progress(registrationId: string): Promise<RegistrationProgress>;
}

/** A learner as integrators name one. */
export interface RestLearner {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** What journeys look at. */
export interface RegistrationProgress {
  readonly registrationCompletion: string;
  readonly registrationSuccess: string;
  readonly score?: { readonly scaled: number };
  readonly totalSecondsTracked?: number;
}

/** Calls REST v2 of a product with its key, or with another authorization. */
export function restClient(product: Product, authorization: string = product.authorization): RestClient {
  const request = (method: string, path: string, body?: unknown): Promise<Response> => {
    const isForm = body instanceof FormData;
    return fetch(`${product.url}/api/v2${path}`, {
      method,
      headers: { authorization, ...(body !== undefined && !isForm ? { "content-type": "application/json" } : {}) },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
  };
  const json = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    request,
    async importCourse(courseId, zip) {
      const form = new FormData();
      form.set("file", new File([Uint8Array.from(zip)], `${courseId}.zip`, { type: "application/zip" }));
      const { result } = await json<{ result: string }>(
        "POST",
        `/courses/importJobs/upload?courseId=${encodeURIComponent(courseId)}`,
        form,
      );
      for (const limit = performance.now() + 60_000; performance.now() < limit; await sleep(100)) {
        const job = await json<{ status: string }>("GET", `/courses/importJobs/${result}`);
        if (job.status !== "RUNNING") return job;
      }
      throw new Error("the import did not end in a minute");
    },
    async register(courseId, registrationId, learner = ownLearner(registrationId)) {
      const response = await request("POST", "/registrations", { courseId, registrationId, learner });
      if (!response.ok) throw new Error(`registering answered ${response.status}: ${await response.text()}`);
    },
    async launchLink(registrationId, redirectOnExitUrl) {
      const body = { expiry: 3600, ...(redirectOnExitUrl ? { redirectOnExitUrl } : {}) };
      const { launchLink } = await json<{ launchLink: string }>(
        "POST",
        `/registrations/${registrationId}/launchLink`,
        body,
      );
      return launchLink;
    },
    progress: (registrationId) => json("GET", `/registrations/${registrationId}`),
  };
}

function ownLearner(registrationId: string): RestLearner {
  return { id: `learner-of-${registrationId}`, firstName: "Ana", lastName: "Silva" };
}
