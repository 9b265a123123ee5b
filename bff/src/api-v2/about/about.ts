import type { Operation } from "../../http/guarded-route.ts";

/** `GET /about`: always the same, as the vendor's hosted product answers. */
export function getAbout(): Operation {
  return async () => ({ status: 200, body: { version: "2.0", platform: "Coursemesh", distribution: "Coursemesh" } });
}

/** `GET /ping`: whether these credentials work. */
export function ping(): Operation {
  return async () => ({
    status: 200,
    body: { apiMessage: "API version 2", currentTime: new Date().toISOString() },
  });
}
