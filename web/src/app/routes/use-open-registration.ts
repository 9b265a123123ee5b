import { useNavigate } from "@tanstack/react-router";
import { useOrganization } from "../../lib/session/use-session.tsx";

/** Goes to a registration. */
export function useOpenRegistration(): (registrationId: string) => void {
  const navigate = useNavigate();
  const { slug } = useOrganization();
  return (registrationId) =>
    void navigate({ to: "/o/$org/registrations/$registrationId", params: { org: slug, registrationId } });
}
