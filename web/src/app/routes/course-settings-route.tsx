import { getRouteApi } from "@tanstack/react-router";
import { CourseLayout } from "../../features/courses/pages/course-layout.tsx";
import { SettingsPanel } from "../../features/settings/components/settings-panel.tsx";
import { useLeave } from "./use-leave.ts";

const route = getRouteApi("/o/$org/courses/$courseId/settings");

export function CourseSettingsRoute() {
  const { courseId } = route.useParams();
  const { q, show } = route.useSearch();
  const navigate = route.useNavigate();
  const leave = useLeave("courses");
  return (
    <CourseLayout courseId={courseId} onDeleted={leave}>
      {() => (
        <SettingsPanel
          courseId={courseId}
          filter={{ q: q ?? "", show: show ?? "all" }}
          onFilter={(filter) =>
            void navigate({ search: { q: filter.q || undefined, show: filter.show }, replace: true })
          }
        />
      )}
    </CourseLayout>
  );
}
