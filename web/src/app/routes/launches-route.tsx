import { getRouteApi } from "@tanstack/react-router";
import { LaunchesTab } from "../../features/registrations/pages/launches-tab.tsx";
import { RegistrationLayout } from "../../features/registrations/pages/registration-layout.tsx";
import { useLeave } from "./use-leave.ts";

const route = getRouteApi("/o/$org/registrations/$registrationId/launches");

export function LaunchesRoute() {
  const { registrationId } = route.useParams();
  const { try: instanceId } = route.useSearch();
  const navigate = route.useNavigate();
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
