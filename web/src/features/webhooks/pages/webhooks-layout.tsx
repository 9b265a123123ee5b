import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageTitle } from "../../../components/page-title.tsx";
import { TabLink, TabLinks } from "../../../components/tab-links.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";

/** Heading and tabs of the webhook pages. */
export function WebhooksLayout(props: { readonly actions?: ReactNode; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const params = { org: slug };
  const options = { includeSearch: false };
  return (
    <>
      <PageTitle title={t("webhooks.heading")} subtitle={t("webhooks.subtitle")} actions={props.actions} />
      <TabLinks label={t("webhooks.tabs")}>
        <TabLink to="/o/$org/webhooks/endpoints" params={params} activeOptions={options}>
          {t("webhooks.tabEndpoints")}
        </TabLink>
        <TabLink to="/o/$org/webhooks/deliveries" params={params} activeOptions={options}>
          {t("webhooks.tabDeliveries")}
        </TabLink>
        <TabLink to="/o/$org/webhooks/replays" params={params} activeOptions={options}>
          {t("webhooks.tabReplays")}
        </TabLink>
      </TabLinks>
      {props.children}
    </>
  );
}
