import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { StatementRegistrationSchema } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import { registrationRows } from "../registration/registration-rows.ts";
import type { ViewDeps } from "../view-deps.ts";

/** The registration of ours that a statement's context names; undefined for none, another system's, and one the viewer may not see. */
export async function registrationOf(
  { clients, directory, logger }: ViewDeps,
  json: string,
): Promise<MessageInitShape<typeof StatementRegistrationSchema> | undefined> {
  const { context } = JSON.parse(json) as { readonly context?: { readonly registration?: unknown } };
  const id = context?.registration;
  if (typeof id !== "string") return undefined;
  const reading = clients
    .of(RegistrationService)
    .getRegistration({ by: { case: "id", value: id } })
    .catch((error: unknown) => {
      // Registrations of other systems have ids too.
      if (ConnectError.from(error).code === Code.NotFound) return undefined;
      throw error;
    });
  const registration = (await optionalPart("registration", reading, logger))?.registration;
  const [row] = registration ? await registrationRows([registration], directory) : [];
  return row && { id, learnerName: row.learnerName || row.learnerId || "", courseTitle: row.courseTitle ?? "" };
}
