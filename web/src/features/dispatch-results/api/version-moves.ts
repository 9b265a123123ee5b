import { useMutation, useQuery } from "@connectrpc/connect-query";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { VersionMoveViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** A move that is under way is read again this often, milliseconds. */
const REFRESH_MS = 1500;
const { method } = VersionMoveViewService;

export const useVersionMoves = (courseId: string) =>
  useQuery(
    method.getVersionMoves,
    { courseId },
    {
      refetchInterval: ({ state }) => (state.data?.moves.some((move) => move.state === "running") ? REFRESH_MS : false),
    },
  );

export function useChangeMoves() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(VersionMoveViewService, CourseViewService) };
  return {
    preview: useMutation(method.previewVersionMove),
    start: useMutation(method.startVersionMove, options),
    widen: useMutation(method.widenVersionMove, options),
    revert: useMutation(method.revertVersionMove, options),
  };
}
