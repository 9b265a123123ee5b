import { getRouteApi } from "@tanstack/react-router";
import { ActivitiesTab } from "../../features/registrations/pages/activities-tab.tsx";
import { LaunchesTab } from "../../features/registrations/pages/launches-tab.tsx";
import { RegistrationLayout } from "../../features/registrations/pages/registration-layout.tsx";
import { useLeave } from "./use-leave.ts";

const activitiesRoute = getRouteApi("/o/$org/registrations/$registrationId/activities");
const launchesRoute = getRouteApi("/o/$org/registrations/$registrationId/launches");

export function ActivitiesRoute() {
  const { registrationId } = activitiesRoute.useParams();
  const { try: instanceId } = activitiesRoute.useSearch();
  const navigate = activitiesRoute.useNavigate();
  const leave = useLeave("registrations");
  return (
    <RegistrationLayout
      registrationId={registrationId}
      instanceId={instanceId ?? ""}
      onInstance={(id) => void navigate({ search: { try: id } })}
      onDeleted={leave}
    >
      {(answer) => <ActivitiesTab activities={answer.activities} />}
    </RegistrationLayout>
  );
}

export function LaunchesRoute() {
  const { registrationId } = launchesRoute.useParams();
  const { try: instanceId } = launchesRoute.useSearch();
  const navigate = launchesRoute.useNavigate();
  const leave = useLeave("registrations");
  return (
    <RegistrationLayout
      registrationId={registrationId}
      instanceId={instanceId ?? ""}
      onInstance={(id) => void navigate({ search: { try: id } })}
      onDeleted={leave}
    >
      {(answer) => <LaunchesTab launches={answer.launches} registrationId={registrationId} />}
    </RegistrationLayout>
  );
}
