import type { MessageInitShape } from "@bufbuild/protobuf";
import type { StatementFilterSchema } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { XapiParameters } from "../request/xapi-parameters.ts";

/** The filters of GET statements (Communication 2.1.3). Whether an agent is one, the store decides. */
export function readFilter(parameters: XapiParameters): MessageInitShape<typeof StatementFilterSchema> {
  const since = parameters.time("since");
  const until = parameters.time("until");
  return {
    agentJson: parameters.text("agent") ?? "",
    verb: parameters.iri("verb") ?? "",
    activity: parameters.iri("activity") ?? "",
    registration: parameters.uuid("registration") ?? "",
    relatedActivities: parameters.flag("related_activities"),
    relatedAgents: parameters.flag("related_agents"),
    ...(since && { since }),
    ...(until && { until }),
  };
}
