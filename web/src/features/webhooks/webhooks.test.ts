import { create } from "@bufbuild/protobuf";
import { AttemptRowSchema, EndpointDraftSchema } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { describe, expect, it } from "vitest";
import { curlOf } from "./delivery/curl-of.ts";
import { activeFilters, toDeliveryQuery } from "./delivery/delivery-filters.ts";
import { draftOf, formOf, isAddress } from "./endpoint/endpoint-form.ts";
import { verifierSnippet } from "./endpoint/verifier-snippets.ts";

describe("filters of deliveries", () => {
  const id = "01960000-0000-7000-8000-000000000001";

  it("tell answers by hundreds from ways to get none", () => {
    expect(toDeliveryQuery({ result: "5xx" })).toMatchObject({ statusClass: 5, outcomes: [] });
    expect(toDeliveryQuery({ result: "dns" })).toMatchObject({ statusClass: 0, outcomes: ["dns"] });
  });

  it("leave out what is no id or no time", () => {
    const query = toDeliveryQuery({ endpoint: "x", event: id, since: "soon", until: "2026-11-20T00:00:00Z" });
    expect(query).toMatchObject({ endpointId: "", eventId: id, since: 0n, until: 1_795_132_800_000n });
  });

  it("are counted, tests not", () => {
    expect(activeFilters({ q: "a", types: [], state: undefined, tests: true })).toBe(1);
  });
});

it("writes a request for a shell, whatever is in it", () => {
  const attempt = create(AttemptRowSchema, {
    requestUrl: "https://example.org/hook",
    requestHeaders: { "webhook-id": "1", "content-length": "9" },
    requestBody: `{"a":"it's"}`,
  });
  expect(curlOf(attempt)).toBe(
    `curl -X POST 'https://example.org/hook' \\\n  -H 'webhook-id: 1' \\\n  --data-raw '{"a":"it'\\''s"}'`,
  );
});

describe("the form of an endpoint", () => {
  it("gives back what it was given, with what it does not show", () => {
    const draft = create(EndpointDraftSchema, {
      name: "CRM",
      url: "https://example.org/",
      filter: { types: ["course.*"], learnerIds: ["ann"], tags: ["x"] },
      headers: { "x-key": "••••" },
      maxAttempts: 3,
      ordering: "all",
    });
    expect(create(EndpointDraftSchema, draftOf(formOf(draft), draft))).toEqual(draft);
  });

  it("keeps a postback's own settings apart from a webhook's", () => {
    const form = { ...formOf(undefined), kind: "postback" as const, thin: true, username: " ann " };
    expect(draftOf(form, undefined)).toMatchObject({ thin: false, postback: { auth: "form", username: "ann" } });
    expect(draftOf({ ...form, kind: "webhook" }, undefined)).not.toHaveProperty("postback");
  });

  it("knows an address", () => {
    expect(["https://a.example/x", "http://127.0.0.1:80"].every(isAddress)).toBe(true);
    expect(["", "example.org", "ftp://a", "https://", "https:// x"].some(isAddress)).toBe(false);
  });
});

it("puts the secret and the address into the verifiers", () => {
  for (const language of ["node", "python", "curl"] as const)
    expect(verifierSnippet(language, "whsec_abc", "https://a.example/")).toContain("whsec_abc");
  expect(verifierSnippet("curl", "whsec_abc", "https://a.example/")).toContain("'https://a.example/'");
});
