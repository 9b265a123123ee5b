import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { RegistrationViewService } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { useNavigate } from "@tanstack/react-router";
import { useInvalidate } from "../../lib/rpc/use-invalidate.ts";
import { useOrganization } from "../../lib/session/use-session.tsx";

/** Leaves the page of something that is gone for the list it was in, and reads that list again. */
export function useLeave(list: "courses" | "registrations"): () => void {
  const navigate = useNavigate();
  const invalidate = useInvalidate();
  const { slug } = useOrganization();
  return () => {
    void navigate({ to: `/o/$org/${list}`, params: { org: slug }, replace: true }).then(() =>
      invalidate(CourseViewService, RegistrationViewService, OverviewViewService),
    );
  };
}
