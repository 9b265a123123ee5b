import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { describe, expect, it } from "vitest";
import { dispatchApiRoutes } from "../dispatch-api-routes.ts";
import { openApiDocument } from "./openapi-document.ts";

/** Clients that nobody calls: routes are only described here. */
const clients = { of: () => ({}) } as unknown as Clients;
const routes = dispatchApiRoutes(clients);

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationPage>>>>;
}
interface OperationPage {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly properties?: object } }>>;
  };
  readonly responses: Readonly<Record<string, object>>;
}
const document = openApiDocument(routes, "/api/v1", "1.0.0") as Document;
const pages = Object.values(document.paths).flatMap((path) => Object.values(path));

describe("the OpenAPI document", () => {
  it("has a page for every route, and names each operation once", () => {
    expect(pages).toHaveLength(routes.length);
    expect(new Set(pages.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  it("names every parameter of a path", () => {
    for (const [path, operations] of Object.entries(document.paths))
      for (const { parameters = [] } of Object.values(operations)) {
        const named = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => `{${name}}`);
        expect(path.match(/\{\w+\}/g) ?? []).toEqual(named);
      }
  });

  it("describes what is taken by what is read", () => {
    const body = document.paths["/dispatch/dispatches"]?.post?.requestBody?.content["application/json"]?.schema;
    expect(Object.keys(body?.properties ?? {})).toEqual(
      expect.arrayContaining(["courseId", "destinationId", "usageLimit", "expiresAt", "allowedDomains", "callback"]),
    );
  });

  it("tells success and failure of every operation", () => {
    for (const { responses } of pages) expect(Object.keys(responses)).toContain("default");
  });
});
