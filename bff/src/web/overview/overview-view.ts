import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { type Import, ImportService, ImportState } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { AttentionItemSchema, OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { toStatusCounts } from "../course/course-row.mapper.ts";
import { toImportRow } from "../course/import-row.mapper.ts";
import { registrationRows } from "../registration/registration-rows.ts";
import type { ViewDeps } from "../view-deps.ts";

/** Rows of each list on the page. */
const ROWS = 8;

/** The overview page, each part by itself: one that cannot be read is named and leaves the others alone. */
export function overviewView({ clients, directory, logger }: ViewDeps): ServiceImpl<typeof OverviewViewService> {
  const imports = clients.of(ImportService);
  const registrations = clients.of(RegistrationService);
  const page = { pageSize: ROWS };

  const readCourses = () => clients.of(CourseService).listCourses({ page: { pageSize: 1, withTotal: true } });
  const readImports = async () => {
    const [recent, failed] = await Promise.all([
      imports.listImports({ page }),
      imports.listImports({ page, states: [ImportState.FAILED] }),
    ]);
    return { recent: recent.imports, failed: failed.imports };
  };
  const readRegistrations = async () => {
    const [summary, recent] = await Promise.all([
      registrations.summarizeRegistrations({}),
      registrations.listRegistrations({ page }),
    ]);
    return { total: summary.total, rows: await registrationRows(recent.registrations, directory) };
  };

  return {
    async getOverview() {
      const parts = {
        courses: optionalPart("courses", readCourses(), logger),
        imports: optionalPart("imports", readImports(), logger),
        registrations: optionalPart("registrations", readRegistrations(), logger),
      };
      const [courses, imported, registered] = await Promise.all([parts.courses, parts.imports, parts.registrations]);
      const read = { courses, imports: imported, registrations: registered };
      return {
        attention: (imported?.failed ?? []).map(toAttention),
        ...(registered?.total && { counts: toStatusCounts(registered.total) }),
        courseCount: courses?.page?.total ?? 0n,
        recentImports: (imported?.recent ?? []).map(toImportRow),
        recentRegistrations: registered?.rows ?? [],
        unavailable: Object.entries(read).flatMap(([part, value]) => (value === undefined ? [part] : [])),
        asOf: BigInt(Date.now()),
      };
    },
  };
}

function toAttention(failed: Import): MessageInitShape<typeof AttentionItemSchema> {
  return {
    kind: "import_failed",
    title: failed.source,
    id: failed.id,
    time: millisOf(failed.endTime ?? failed.createTime),
  };
}
