import { getRouteApi } from "@tanstack/react-router";
import { ActivitiesTab } from "../../features/registrations/pages/activities-tab.tsx";
import { RegistrationLayout } from "../../features/registrations/pages/registration-layout.tsx";
import { WhyTab } from "../../features/registrations/why/why-tab.tsx";
import { useLeave } from "./use-leave.ts";

const route = getRouteApi("/o/$org/registrations/$registrationId/activities");

/** Activities; for courses with sequencing step by step and with reasons. */
export function ActivitiesRoute() {
  const { registrationId } = route.useParams();
  const { try: instanceId, at, why } = route.useSearch();
  const navigate = route.useNavigate();
  const leave = useLeave("registrations");
  const go = (change: { readonly at?: string; readonly why?: string | undefined }) =>
    void navigate({ search: (present) => ({ ...present, ...change }), replace: true, resetScroll: false });
  const openCall = (at: string) =>
    void navigate({ to: "/o/$org/registrations/$registrationId", search: { try: instanceId, at } });
  return (
    <RegistrationLayout
      key={registrationId}
      registrationId={registrationId}
      instanceId={instanceId ?? ""}
      onInstance={(id) => void navigate({ search: { try: id } })}
      onDeleted={leave}
    >
      {(answer) =>
        answer.sequenced ? (
          <WhyTab
            key={answer.instanceId}
            answer={answer}
            at={at}
            onAt={(next) => go({ at: next })}
            asked={why}
            onAsk={(activityId) => go({ why: activityId })}
          />
        ) : (
          <ActivitiesTab key={answer.instanceId} answer={answer} onAt={openCall} />
        )
      }
    </RegistrationLayout>
  );
}
