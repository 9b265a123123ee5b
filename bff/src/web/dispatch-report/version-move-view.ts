import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { VersionMoveService } from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import type { VersionMoveViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toImpactView, toMovePlan, toMoveView } from "./version-move.mapper.ts";

/** Versions that can be chosen, and moves that are told of. */
const VERSIONS = 100;
const MOVES = 10;

/** Moves of learners to another version. */
export function versionMoveView({ clients }: ViewDeps): ServiceImpl<typeof VersionMoveViewService> {
  const moves = clients.of(VersionMoveService);
  return {
    async getVersionMoves({ courseId }) {
      const [{ course }, { courseVersions }, { versionMoves }, { page }] = await Promise.all([
        clients.of(CourseService).getCourse({ by: { case: "id", value: courseId } }),
        clients.of(CourseVersionService).listCourseVersions({ courseId, page: { pageSize: VERSIONS } }),
        moves.listVersionMoves({ courseId, page: { pageSize: MOVES } }),
        clients.of(DispatchService).listDispatches({ courseId, page: { pageSize: 1, withTotal: true } }),
      ]);
      return {
        courseTitle: course?.title ?? "",
        versions: courseVersions.map(({ id, number }) => ({ id, number, current: id === course?.currentVersion?.id })),
        moves: versionMoves.map(toMoveView),
        dispatchCount: page?.total ?? 0n,
      };
    },

    async previewVersionMove({ plan }) {
      const { impact } = await moves.previewVersionMove({ plan: toMovePlan(plan) });
      return impact ? { impact: toImpactView(impact) } : {};
    },

    async startVersionMove({ requestId, plan, sharePercent }) {
      const wanted = { requestId: requestId || uuidV7(), plan: toMovePlan(plan), sharePercent };
      const { versionMove } = await moves.createVersionMove(wanted);
      return versionMove ? { move: toMoveView(versionMove) } : {};
    },

    async widenVersionMove({ id, sharePercent }) {
      await moves.widenVersionMove({ id, sharePercent });
      return {};
    },

    async revertVersionMove({ id }) {
      await moves.revertVersionMove({ id });
      return {};
    },
  };
}
