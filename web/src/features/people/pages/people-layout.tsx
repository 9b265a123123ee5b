import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { TabLink, TabLinks } from "../../../components/tab-links.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { CreateMemberDialog } from "../components/create-member-dialog.tsx";

/** Heading and tabs of the people pages. */
export function PeopleLayout({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const [open, dialog] = useDisclosure(false);
  return (
    <>
      <PageTitle
        title={t("people.heading")}
        subtitle={t("people.subtitle")}
        actions={
          <GuardedButton scope="member:write" leftSection={<IconUserPlus size={16} />} onClick={dialog.open}>
            {t("people.add")}
          </GuardedButton>
        }
      />
      <TabLinks label={t("people.tabs")}>
        <TabLink to="/o/$org/people" params={{ org: slug }} activeOptions={{ exact: true, includeSearch: false }}>
          {t("people.learners")}
        </TabLink>
        <TabLink to="/o/$org/people/members" params={{ org: slug }} activeOptions={{ includeSearch: false }}>
          {t("people.members")}
        </TabLink>
      </TabLinks>
      {children}
      {open && <CreateMemberDialog onClose={dialog.close} />}
    </>
  );
}
