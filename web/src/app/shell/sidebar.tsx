import { Box, ScrollArea, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NavigationLink } from "../../components/links.tsx";
import { useOrganization } from "../../lib/session/use-session.tsx";
import { NAVIGATION } from "./navigation.ts";
import { OrganizationSwitcher } from "./organization-switcher.tsx";

/** Organization switcher and pages. */
export function Sidebar({ onNavigate }: { readonly onNavigate: () => void }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <>
      <Box p="xs" style={{ borderBottom: "1px solid var(--cm-border)" }}>
        <OrganizationSwitcher />
      </Box>
      <ScrollArea flex={1} p="xs">
        {NAVIGATION.map(({ group, pages }) => (
          <Box key={group ?? "main"} mb="md">
            {group && (
              <Text fz="xs" c="dimmed" fw={500} px="sm" pb={4}>
                {t(`nav.${group}`)}
              </Text>
            )}
            {pages.map(({ key, to, icon: Icon }) => (
              <NavigationLink
                key={key}
                to={to}
                params={{ org: slug }}
                activeOptions={{ exact: key === "overview", includeSearch: false }}
                activeProps={{ active: true }}
                label={t(`nav.${key}`)}
                leftSection={<Icon size={18} stroke={1.6} aria-hidden="true" />}
                onClick={onNavigate}
                h={36}
                styles={{ root: { borderRadius: 6 } }}
              />
            ))}
          </Box>
        ))}
      </ScrollArea>
    </>
  );
}
