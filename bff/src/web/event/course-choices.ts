import type { MessageInitShape } from "@bufbuild/protobuf";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import type { CourseChoiceSchema } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import type { ViewDeps } from "../view-deps.ts";

/** Courses to choose from; a filter that needs another one takes its id. */
const COURSES = 200;

/** Courses for a drop-down; none when the caller may not see courses. */
export async function courseChoices({
  clients,
  logger,
}: ViewDeps): Promise<MessageInitShape<typeof CourseChoiceSchema>[]> {
  const reading = clients.of(CourseService).listCourses({ page: { pageSize: COURSES } });
  const answer = await optionalPart("courses to choose", reading, logger);
  return (answer?.courses ?? []).map(({ id, title }) => ({ id, title }));
}
