import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization } from "../lib/session/use-session.tsx";
import { PageTitle } from "./page-title.tsx";
import { TabLink, TabLinks } from "./tab-links.tsx";

/** Heading and tabs of the dispatch pages. */
export function DispatchLayout(props: { readonly actions?: ReactNode; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const params = { org: slug };
  const options = { includeSearch: false };
  return (
    <>
      <PageTitle title={t("dispatch.heading")} subtitle={t("dispatch.subtitle")} actions={props.actions} />
      <TabLinks label={t("dispatch.tabs")}>
        <TabLink to="/o/$org/dispatch" params={params} activeOptions={{ ...options, exact: true }}>
          {t("dispatch.tabDispatches")}
        </TabLink>
        <TabLink to="/o/$org/dispatch/destinations" params={params} activeOptions={options}>
          {t("dispatch.tabDestinations")}
        </TabLink>
        <TabLink to="/o/$org/dispatch/licences" params={params} activeOptions={options}>
          {t("dispatch.tabLicences")}
        </TabLink>
        <TabLink to="/o/$org/dispatch/deployments" params={params} activeOptions={options}>
          {t("dispatchResults.tabDeployments")}
        </TabLink>
        <TabLink to="/o/$org/dispatch/results" params={params} activeOptions={options}>
          {t("dispatchResults.tabResults")}
        </TabLink>
        <TabLink to="/o/$org/dispatch/analytics" params={params} activeOptions={options}>
          {t("dispatchResults.tabAnalytics")}
        </TabLink>
        <TabLink to="/o/$org/dispatch/settings" params={params} activeOptions={options}>
          {t("dispatch.tabSettings")}
        </TabLink>
      </TabLinks>
      {props.children}
    </>
  );
}
