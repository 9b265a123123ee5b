import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/page-title.tsx";
import { CreateButton, RegistrationsList } from "../../features/registrations/pages/registrations-list.tsx";
import { useOpenRegistration } from "./use-open-registration.ts";

const route = getRouteApi("/o/$org/registrations");

export function RegistrationsRoute() {
  const { t } = useTranslation();
  const { create, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const open = useOpenRegistration();
  const setCreating = (creating: boolean) =>
    void navigate({ search: { ...filters, create: creating || undefined }, replace: true });
  return (
    <>
      <PageTitle
        title={t("registrations.heading")}
        subtitle={t("registrations.subtitle")}
        actions={<CreateButton onClick={() => setCreating(true)} />}
      />
      <RegistrationsList
        filters={filters}
        onFilters={(next) => void navigate({ search: next, replace: true })}
        creating={create ?? false}
        onCreating={setCreating}
        onCreated={open}
      />
    </>
  );
}
