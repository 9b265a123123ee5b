import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type Package,
  type PackageFormat,
  PackageService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { z } from "zod";
import { isoOf } from "../../contract/timestamp.ts";
import { makePackage } from "../../dispatch-package/make-package.ts";
import { sendPackage } from "../../dispatch-package/send-package.ts";
import { needs } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { succeeded } from "../envelope.ts";
import { numberedPage, PAGE_PARAMETERS, pageSchema, readPageWish } from "../numbered-page.ts";
import { findDestination, findDispatch } from "./find.ts";
import { packageFormat, packageState } from "./texts.ts";

const tag = "Packages";
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const createBody = z.object({
  format: packageFormat.schema,
  cssUrl: z.url().optional().describe("A style sheet for this package, over the dispatch's."),
});

const packageData = z.object({
  id: z.string(),
  dispatchId: z.string().nullable(),
  destinationId: z.string().nullable(),
  format: z.string().describe(`One of ${packageFormat.names.join(", ")}.`),
  state: z.string().describe(`One of ${packageState.names.join(", ")}.`),
  filename: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  launcherVersion: z.string(),
  downloadCount: z.int(),
  generationMs: z.int(),
  revoked: z.boolean(),
  error: z.string(),
  createdAt: z.string().nullable(),
  readyAt: z.string().nullable(),
});

function toPackageData(made: Package): z.output<typeof packageData> {
  return {
    id: made.id,
    dispatchId: made.of.case === "dispatchId" ? made.of.value : null,
    destinationId: made.of.case === "destinationId" ? made.of.value : null,
    format: packageFormat.textOf(made.format),
    state: packageState.textOf(made.state),
    filename: made.filename,
    sizeBytes: Number(made.sizeBytes),
    sha256: made.sha256,
    launcherVersion: made.launcherVersion,
    downloadCount: Number(made.downloadCount),
    generationMs: made.generationMs,
    revoked: made.revoked,
    error: made.error,
    createdAt: isoOf(made.createTime) ?? null,
    readyAt: isoOf(made.readyTime) ?? null,
  };
}

/** The format in a query. @throws FIELD_INVALID */
function formatOf(text: string | undefined): PackageFormat {
  const format = packageFormat.valueOf((text ?? "scorm12").toLowerCase());
  if (format === undefined) throw fieldInvalid("format", `must be one of ${packageFormat.names.join(", ")}`);
  return format;
}

/** @throws FIELD_INVALID */
function packageId(id = ""): string {
  if (!UUID.test(id)) throw fieldInvalid("id", "must be a package's id, a UUID");
  return id;
}

/** Packages: what a customer imports into an LMS. */
export function packageRoutes(clients: Clients): readonly DocumentedRoute[] {
  const service = clients.of(PackageService);
  const refusals = ["PACKAGE_EXPIRED", "USAGE_LIMIT_EXCEEDED"];
  const file = { status: 200, sends: "application/zip", tag } as const;
  return [
    {
      ...{ method: "POST", path: "/dispatch/dispatches/:id/packages", access: needs(Permission.DISPATCH_WRITE) },
      ...{ operationId: "createPackage", summary: "Begins to make a package", tag, status: 202 },
      takes: createBody,
      gives: packageData,
      codes: ["DISPATCH_NOT_FOUND", "FORMAT_UNSUPPORTED"],
      async operation({ params, body }) {
        const { format, cssUrl } = readBody(createBody, body);
        const { id } = await findDispatch(clients, params.id);
        const { package: made } = await service.createPackage({
          requestId: uuidV7(),
          of: { case: "dispatchId", value: id },
          format: formatOf(format),
          cssUrl: cssUrl ?? "",
        });
        return { status: 202, body: succeeded(made ? toPackageData(made) : null) };
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/dispatches/:id/packages", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "listPackages", summary: "Lists packages of a dispatch, newest first", tag, status: 200 },
      parameters: PAGE_PARAMETERS,
      gives: z.object({ packages: z.array(packageData), ...pageSchema.shape }),
      codes: ["DISPATCH_NOT_FOUND"],
      async operation({ params, query }) {
        const { id } = await findDispatch(clients, params.id);
        const { rows, paging } = await numberedPage(readPageWish(query), async (page) => {
          const read = await service.listPackages({ dispatchId: id, page });
          return {
            rows: read.packages,
            nextPageToken: read.page?.nextPageToken ?? "",
            total: Number(read.page?.total ?? 0n),
          };
        });
        return { status: 200, body: succeeded({ packages: rows.map(toPackageData), ...paging }) };
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/dispatches/:id/download", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "downloadDispatch", summary: "Makes the package if need be and sends it; counted", ...file },
      parameters: { format: `${packageFormat.names.join(", ")}; scorm12 when absent.` },
      codes: ["DISPATCH_NOT_FOUND", "FORMAT_UNSUPPORTED", ...refusals],
      async operation(input) {
        const { id } = await findDispatch(clients, input.params.id);
        const format = formatOf(input.query.text("format"));
        const made = await makePackage(clients, { of: { case: "dispatchId", value: id }, format });
        return sendPackage(clients, made.id, input);
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/destinations/:id/download", access: needs(Permission.DISPATCH_READ) },
      ...{
        operationId: "downloadDestination",
        summary: "Sends the packages of all its dispatches in one zip",
        ...file,
      },
      parameters: { format: `${packageFormat.names.join(", ")}; scorm12 when absent.` },
      codes: ["DESTINATION_NOT_FOUND", "FORMAT_UNSUPPORTED", ...refusals],
      async operation(input) {
        const { id } = await findDestination(clients, input.params.id);
        const format = formatOf(input.query.text("format"));
        const made = await makePackage(clients, { of: { case: "destinationId", value: id }, format });
        return sendPackage(clients, made.id, input);
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/packages/:id", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "getPackage", summary: "Reads a package and how far it is", tag, status: 200 },
      gives: packageData,
      codes: ["PACKAGE_NOT_FOUND"],
      async operation({ params }) {
        const { package: made } = await service.getPackage({ id: packageId(params.id) });
        return { status: 200, body: succeeded(made ? toPackageData(made) : null) };
      },
    },
    {
      ...{ method: "GET", path: "/dispatch/packages/:id/download", access: needs(Permission.DISPATCH_READ) },
      ...{ operationId: "downloadPackage", summary: "Sends a package; counted", ...file },
      codes: ["PACKAGE_NOT_FOUND", "PACKAGE_NOT_READY", ...refusals],
      operation: (input) => sendPackage(clients, packageId(input.params.id), input),
    },
    {
      ...{ method: "DELETE", path: "/dispatch/packages/:id", access: needs(Permission.DISPATCH_WRITE) },
      ...{ operationId: "revokePackage", summary: "Revokes an exported package at once", tag, status: 200 },
      async operation({ params }) {
        await service.revokePackage({ id: packageId(params.id) });
        return { status: 200, body: succeeded(null) };
      },
    },
  ];
}
