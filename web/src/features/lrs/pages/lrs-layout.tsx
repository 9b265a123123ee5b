import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageTitle } from "../../../components/page-title.tsx";
import { TabLink, TabLinks } from "../../../components/tab-links.tsx";
import { useCan, useOrganization } from "../../../lib/session/use-session.tsx";

/** Heading and tabs of the pages of the learning record store. */
export function LrsLayout(props: { readonly actions?: ReactNode; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const mayAdminister = useCan("lrs:admin");
  const params = { org: slug };
  const anySearch = { includeSearch: false };
  return (
    <>
      <PageTitle title={t("lrs.heading")} subtitle={t("lrs.subtitle")} actions={props.actions} />
      <TabLinks label={t("lrs.tabs")}>
        <TabLink to="/o/$org/lrs" params={params} activeOptions={{ exact: true, ...anySearch }}>
          {t("lrs.tabStatements")}
        </TabLink>
        <TabLink to="/o/$org/lrs/connection" params={params} activeOptions={anySearch}>
          {t("lrs.tabConnection")}
        </TabLink>
        {mayAdminister && (
          <>
            <TabLink to="/o/$org/lrs/pipes" params={params} activeOptions={anySearch}>
              {t("lrs.tabPipes")}
            </TabLink>
            <TabLink to="/o/$org/lrs/retention" params={params} activeOptions={anySearch}>
              {t("lrs.tabRetention")}
            </TabLink>
            <TabLink to="/o/$org/lrs/deletions" params={params} activeOptions={anySearch}>
              {t("lrs.tabDeletions")}
            </TabLink>
          </>
        )}
      </TabLinks>
      {props.children}
    </>
  );
}
