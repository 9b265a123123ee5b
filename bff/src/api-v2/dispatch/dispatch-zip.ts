import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { makePackage, type PackageOrder } from "../../dispatch-package/make-package.ts";
import { sendPackage } from "../../dispatch-package/send-package.ts";
import type { Operation, OperationInput } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findDestination } from "../destination/find-destination.ts";
import { findDispatch } from "./find-dispatch.ts";

/** The vendor exports the first; the others are ours. */
const FORMATS = {
  SCORM_12: PackageFormat.SCORM12,
  SCORM_2004_3RD_EDITION: PackageFormat.SCORM2004_3RD,
  SCORM_2004_4TH_EDITION: PackageFormat.SCORM2004_4TH,
  AICC: PackageFormat.AICC,
} as const;
const formatNames = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

/** `GET /dispatch/dispatches/{dispatchId}/zip` */
export function getDispatchZip({ clients }: ApiDeps): Operation {
  return async (input) => {
    const { id } = await findDispatch(clients, input.params.dispatchId ?? "");
    return send(clients, { case: "dispatchId", value: id }, input);
  };
}

/** `GET /dispatch/destinations/{destinationId}/dispatches/zip`: one archive with a package for each dispatch. */
export function getDestinationZip({ clients }: ApiDeps): Operation {
  return async (input) => {
    const { id } = await findDestination(clients, input.params.destinationId ?? "");
    return send(clients, { case: "destinationId", value: id }, input);
  };
}

async function send(clients: ApiDeps["clients"], of: PackageOrder["of"], input: OperationInput) {
  const format = FORMATS[input.query.choice("type", formatNames, "SCORM_12")];
  const made = await makePackage(clients, { of, format, cssUrl: input.query.text("cssUrl") });
  return sendPackage(clients, made.id, input);
}
