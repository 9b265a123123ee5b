import { useQuery } from "@connectrpc/connect-query";
import { DispatchViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { VersionMoves } from "./version-moves.tsx";

/** The same for learners of one dispatch; nothing until the page around it has read the dispatch. */
export function DispatchMoves({ dispatchId }: { readonly dispatchId: string }) {
  const { data } = useQuery(DispatchViewService.method.getDispatch, { id: dispatchId });
  const courseId = data?.dispatch?.courseId ?? "";
  return courseId === "" ? null : <VersionMoves courseId={courseId} dispatchId={dispatchId} />;
}
