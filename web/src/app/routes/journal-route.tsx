import { getRouteApi } from "@tanstack/react-router";
import { JournalTab } from "../../features/registrations/journal/journal-tab.tsx";
import { RegistrationLayout } from "../../features/registrations/pages/registration-layout.tsx";
import { useLeave } from "./use-leave.ts";

const route = getRouteApi("/o/$org/registrations/$registrationId");

export function JournalRoute() {
  const { registrationId } = route.useParams();
  const { try: instanceId, at, ...view } = route.useSearch();
  const navigate = route.useNavigate();
  const leave = useLeave("registrations");
  return (
    <RegistrationLayout
      key={registrationId}
      registrationId={registrationId}
      instanceId={instanceId ?? ""}
      onInstance={(id) => void navigate({ search: { try: id } })}
      onDeleted={leave}
    >
      {(answer) => (
        <JournalTab
          key={answer.instanceId}
          answer={answer}
          at={at}
          onAt={(next) =>
            void navigate({ search: (present) => ({ ...present, at: next }), replace: true, resetScroll: false })
          }
          view={view}
          onView={(next) =>
            void navigate({ search: { try: instanceId, at, ...next }, replace: true, resetScroll: false })
          }
        />
      )}
    </RegistrationLayout>
  );
}
