import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageTitle } from "../../../components/page-title.tsx";
import { TabLink, TabLinks } from "../../../components/tab-links.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";

/** Heading and tabs of the pages of events. */
export function EventsLayout(props: { readonly actions?: ReactNode; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const params = { org: slug };
  return (
    <>
      <PageTitle title={t("events.heading")} subtitle={t("events.subtitle")} actions={props.actions} />
      <TabLinks label={t("events.tabs")}>
        <TabLink to="/o/$org/events" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          {t("events.tabLog")}
        </TabLink>
        <TabLink to="/o/$org/events/types" params={params} activeOptions={{ includeSearch: false }}>
          {t("events.tabTypes")}
        </TabLink>
      </TabLinks>
      {props.children}
    </>
  );
}
