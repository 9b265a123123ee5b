import {
  type Registration,
  RegistrationOrder,
  RegistrationService,
} from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { QueryParameters } from "../../http/query-parameters.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findCourseIfThere } from "../course/find-course.ts";
import { moreToken, readListRequest } from "../more-token.ts";
import { describeRegistrations } from "./get-registration.ts";

const PAGE_SIZE = 100;
const ORDERS = {
  created_desc: RegistrationOrder.CREATE_TIME_DESC,
  created_asc: RegistrationOrder.CREATE_TIME_ASC,
  updated_desc: RegistrationOrder.UPDATE_TIME_DESC,
  updated_asc: RegistrationOrder.UPDATE_TIME_ASC,
} as const;
const orderNames = Object.keys(ORDERS) as (keyof typeof ORDERS)[];

/** Fields that `filterBy` may name. */
const FIELDS: Readonly<Record<string, (registration: Registration) => string>> = {
  registration_id: (registration) => registration.externalId,
  learner_id: (registration) => registration.learner?.id ?? "",
  learner_first_name: (registration) => registration.learner?.firstName ?? "",
  learner_last_name: (registration) => registration.learner?.lastName ?? "",
  learner_email: (registration) => registration.learner?.email ?? "",
};

/** `GET /registrations` */
export function getRegistrations(deps: ApiDeps): Operation {
  const { clients } = deps;
  return async (input) => {
    const list = readListRequest(input.query);
    const { query, pageToken } = list;
    const externalCourseId = query.text("courseId");
    const course = externalCourseId === undefined ? undefined : await findCourseIfThere(clients, externalCourseId);
    if (externalCourseId !== undefined && course === undefined) return { status: 200, body: { registrations: [] } };

    const matches = fieldFilter(query);
    const exact = matches === undefined;
    const { registrations, page } = await clients.of(RegistrationService).listRegistrations({
      page: { pageSize: PAGE_SIZE, pageToken, withTotal: exact && pageToken === "" && query.flag("includeTotalCount") },
      filter: {
        courseId: course?.id ?? "",
        learnerId: query.text("learnerId") ?? "",
        query: query.text("filter") ?? "",
        tags: query.list("tags"),
        ...timeFilter(query),
      },
      order: ORDERS[query.choice("orderBy", orderNames, "created_desc")],
    });
    // The service finds text in any of these fields; the one that was asked for is picked here, so a page may be short.
    const shown = matches ? registrations.filter(matches) : registrations;
    return {
      status: 200,
      body: {
        registrations: await describeRegistrations(deps, shown, query, false),
        more: moreToken(list, page?.nextPageToken),
      },
      ...(page?.total !== undefined && { headers: { "x-total-count": String(page.total) } }),
    };
  };
}

function timeFilter(query: QueryParameters) {
  const since = query.time("since");
  const until = query.time("until");
  const byUpdate = query.choice("datetimeFilter", ["created", "updated"], "created") === "updated";
  if (byUpdate) return { ...(since && { updatedSince: since }), ...(until && { updatedUntil: until }) };
  return { ...(since && { createdSince: since }), ...(until && { createdUntil: until }) };
}

function fieldFilter(query: QueryParameters): ((registration: Registration) => boolean) | undefined {
  const text = query.text("filter")?.toLowerCase();
  const field = FIELDS[query.choice("filterBy", Object.keys(FIELDS), "registration_id")];
  if (text === undefined || field === undefined) return undefined;
  return (registration) => field(registration).toLowerCase().includes(text);
}
