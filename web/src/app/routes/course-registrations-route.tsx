import { getRouteApi } from "@tanstack/react-router";
import { CourseLayout } from "../../features/courses/pages/course-layout.tsx";
import { CreateButton, RegistrationsList } from "../../features/registrations/pages/registrations-list.tsx";
import { useLeave } from "./use-leave.ts";
import { useOpenRegistration } from "./use-open-registration.ts";

const route = getRouteApi("/o/$org/courses/$courseId/registrations");

export function CourseRegistrationsRoute() {
  const { courseId } = route.useParams();
  const { create, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const leave = useLeave("courses");
  const open = useOpenRegistration();
  const setCreating = (creating: boolean) =>
    void navigate({ search: { ...filters, create: creating || undefined }, replace: true });
  return (
    <CourseLayout
      courseId={courseId}
      onDeleted={leave}
      extraActions={<CreateButton variant="default" onClick={() => setCreating(true)} />}
    >
      {() => (
        <RegistrationsList
          courseId={courseId}
          filters={filters}
          onFilters={(next) => void navigate({ search: next, replace: true })}
          creating={create ?? false}
          onCreating={setCreating}
          onCreated={open}
        />
      )}
    </CourseLayout>
  );
}
