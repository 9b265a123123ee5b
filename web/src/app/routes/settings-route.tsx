import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/page-title.tsx";
import { SettingsPanel } from "../../features/settings/components/settings-panel.tsx";
import { useOrganization } from "../../lib/session/use-session.tsx";

const route = getRouteApi("/o/$org/settings");

export function SettingsRoute() {
  const { t } = useTranslation();
  const { name } = useOrganization();
  const { q, show } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageTitle title={t("settings.heading")} subtitle={t("settings.organizationText", { name })} />
      <SettingsPanel
        courseId=""
        filter={{ q: q ?? "", show: show ?? "all" }}
        onFilter={(filter) => void navigate({ search: { q: filter.q || undefined, show: filter.show }, replace: true })}
      />
    </>
  );
}
