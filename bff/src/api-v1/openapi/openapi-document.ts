import { scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import { z } from "zod";
import type { DocumentedRoute } from "../documented-route.ts";

/** What every route may answer besides. */
const COMMON_CODES = ["UNAUTHENTICATED", "PERMISSION_MISSING", "FIELD_INVALID", "RATE_LIMIT_REACHED", "INTERNAL"];

const errorSchema = {
  type: "object",
  required: ["success", "data", "error"],
  properties: {
    success: { const: false },
    data: { type: "null" },
    error: {
      type: "object",
      required: ["code", "message"],
      properties: {
        code: { type: "string", description: "For programs, for instance PACKAGE_EXPIRED." },
        message: { type: "string", description: "For people." },
        parameter: { type: "string", description: "Field or parameter that is wrong." },
      },
    },
  },
};

/** The OpenAPI 3.1 document of the routes, made of what the routes themselves read and answer. @param url where the API is. */
export function openApiDocument(routes: readonly DocumentedRoute[], url: string, version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:([A-Za-z]+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Coursemesh dispatch",
      version,
      description: "Courses that run here and report in any customer's LMS.",
    },
    servers: [{ url }],
    security: [{ basic: [] }, { bearer: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        basic: { type: "http", scheme: "basic", description: "Id and secret of an API key." },
        bearer: { type: "http", scheme: "bearer", description: "`id:secret` of an API key." },
      },
      schemas: { Error: errorSchema },
    },
  };
}

function operationOf(route: DocumentedRoute): object {
  const { operationId, summary, tag, access, parameters = {}, takes, codes = [], status } = route;
  const inPath = [...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    description: "UUID, or the external id where the thing has one.",
    schema: { type: "string" },
  }));
  const inQuery = Object.entries(parameters).map(([name, description]) => ({
    name,
    in: "query",
    description,
    schema: { type: name === "page" || name === "limit" ? "integer" : "string" },
  }));
  return {
    operationId,
    summary,
    tags: [tag],
    ...(access !== "authenticated" && { description: `Needs \`${scopeOf(access.permission)}\`.` }),
    ...(inPath.length + inQuery.length > 0 && { parameters: [...inPath, ...inQuery] }),
    ...(takes && {
      requestBody: { required: true, content: { "application/json": { schema: jsonSchema(takes, "input") } } },
    }),
    responses: {
      [String(status)]: { description: "Done.", content: contentOf(route) },
      default: {
        description: `Codes: ${[...codes, ...COMMON_CODES].join(", ")}.`,
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
  };
}

function contentOf({ gives, sends }: DocumentedRoute): object {
  if (sends !== undefined) return { [sends]: { schema: { type: "string", format: "binary" } } };
  const data = gives === undefined ? { type: "null" } : jsonSchema(gives, "output");
  return {
    "application/json": {
      schema: { type: "object", required: ["success", "data"], properties: { success: { const: true }, data } },
    },
  };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
