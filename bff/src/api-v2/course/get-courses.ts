import { type Course, CourseOrder, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { QueryParameters } from "../../http/query-parameters.ts";
import type { ApiDeps } from "../api-deps.ts";
import { within } from "../list-filter.ts";
import { moreToken, readListRequest } from "../more-token.ts";
import { toCourseSchema } from "./course.mapper.ts";

const PAGE_SIZE = 100;
const ORDERS = {
  created_desc: CourseOrder.CREATE_TIME_DESC,
  created_asc: CourseOrder.CREATE_TIME_ASC,
  updated_desc: CourseOrder.UPDATE_TIME_DESC,
  updated_asc: CourseOrder.UPDATE_TIME_ASC,
  title_desc: CourseOrder.TITLE_DESC,
  title_asc: CourseOrder.TITLE_ASC,
} as const;
const orderNames = Object.keys(ORDERS) as (keyof typeof ORDERS)[];

/** `GET /courses` */
export function getCourses({ clients }: ApiDeps): Operation {
  return async (input) => {
    const list = readListRequest(input.query);
    const { query, pageToken } = list;
    const byCreation = query.choice("datetimeFilter", ["updated", "created"], "updated") === "created";
    const since = query.time("since");
    const until = query.time("until");
    const matches = fieldFilter(query);
    const exact = matches === undefined && !(byCreation && (since ?? until));

    const { courses, page } = await clients.of(CourseService).listCourses({
      page: { pageSize: PAGE_SIZE, pageToken, withTotal: exact && pageToken === "" && query.flag("includeTotalCount") },
      query: query.text("filter") ?? "",
      tags: query.list("tags"),
      order: ORDERS[query.choice("orderBy", orderNames, "created_desc")],
      ...(!byCreation && since && { updatedSince: since }),
      ...(!byCreation && until && { updatedUntil: until }),
    });
    // The service finds text in any field and by time of change; what was asked for more narrowly is picked here, so a page may be short.
    const shown = courses.filter(
      (course) => (matches?.(course) ?? true) && (!byCreation || within(course.createTime, since, until)),
    );
    const counts = query.flag("includeRegistrationCount") ? await countRegistrations(clients, shown) : undefined;
    return {
      status: 200,
      body: {
        courses: shown.map((course) =>
          toCourseSchema(course, course.currentVersion, {
            registrationCount: counts?.get(course.id),
            withMetadata: query.flag("includeCourseMetadata"),
          }),
        ),
        more: moreToken(list, page?.nextPageToken),
      },
      ...(page?.total !== undefined && { headers: { "x-total-count": String(page.total) } }),
    };
  };
}

/** `filterBy` names the field that `filter` is looked for in; undefined without a filter. */
function fieldFilter(query: QueryParameters): ((course: Course) => boolean) | undefined {
  const text = query.text("filter")?.toLowerCase();
  const field = query.choice("filterBy", ["course_id", "course_title"], "course_id");
  if (text === undefined) return undefined;
  return (course) => (field === "course_id" ? course.externalId : course.title).toLowerCase().includes(text);
}

async function countRegistrations(
  clients: ApiDeps["clients"],
  courses: readonly Course[],
): Promise<ReadonlyMap<string, number>> {
  const registrations = clients.of(RegistrationService);
  const counts = await Promise.all(
    courses.map(async ({ id }) => {
      const { total } = await registrations.summarizeRegistrations({ filter: { courseId: id } });
      return [id, Number(total?.registrations ?? 0n)] as const;
    }),
  );
  return new Map(counts);
}
