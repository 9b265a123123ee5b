import { useMutation, useQuery } from "@connectrpc/connect-query";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** Imports that have not ended; asked again while there are any. */
export function useRunningImports() {
  return useQuery(
    CourseViewService.method.listImports,
    { runningOnly: true, pageSize: 20 },
    { refetchInterval: (query) => ((query.state.data?.imports.length ?? 0) > 0 ? 1500 : 20_000) },
  );
}

/** Starts an import by address. */
export function useImportFromUrl() {
  const invalidate = useInvalidate();
  return useMutation(CourseViewService.method.importFromUrl, { onSuccess: () => invalidate(CourseViewService) });
}

export function useCancelImport() {
  const invalidate = useInvalidate();
  return useMutation(CourseViewService.method.cancelImport, { onSettled: () => invalidate(CourseViewService) });
}
