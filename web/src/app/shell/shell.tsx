import { ActionIcon, AppShell, Burger, Button, Drawer, Group, Kbd, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../../lib/preferences.ts";
import { usePhone } from "../../lib/use-phone.ts";
import { AccountMenu } from "./account-menu.tsx";
import { openPalette, Palette } from "./palette.tsx";
import { Sidebar } from "./sidebar.tsx";

/** Header, sidebar of 240 px and the page; on a phone the sidebar is a drawer that keeps the focus until it is closed. */
export function Shell() {
  const { t } = useTranslation();
  const phone = usePhone();
  const { density, shortcuts } = usePreferences();
  const [open, drawer] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 240, breakpoint: "sm", collapsed: { mobile: true } }}
      data-density={density}
    >
      <a className="skip-link" href="#page">
        {t("nav.skip")}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="xs" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            {phone && (
              <Burger opened={open} onClick={drawer.open} size="sm" aria-label={t("nav.open")} aria-expanded={open} />
            )}
            <img src="/favicon.svg" width="22" height="22" alt="" />
            <Text fw={600}>Coursemesh</Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            {phone ? (
              <ActionIcon size={32} aria-label={t("palette.button")} onClick={openPalette}>
                <IconSearch size={20} stroke={1.6} />
              </ActionIcon>
            ) : (
              <Button
                variant="default"
                color="gray"
                leftSection={<IconSearch size={16} />}
                rightSection={shortcuts ? <Kbd size="xs">{shortcutText()}</Kbd> : null}
                onClick={openPalette}
                fw={400}
              >
                {t("palette.button")}
              </Button>
            )}
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      {!phone && (
        <AppShell.Navbar aria-label={t("nav.label")}>
          <Sidebar onNavigate={drawer.close} />
        </AppShell.Navbar>
      )}
      {phone && (
        <Drawer
          opened={open}
          onClose={drawer.close}
          position="left"
          size={280}
          title="Coursemesh"
          padding="xs"
          closeButtonProps={{ "aria-label": t("common.close") }}
        >
          <nav aria-label={t("nav.label")}>
            <Sidebar onNavigate={drawer.close} />
          </nav>
        </Drawer>
      )}
      <AppShell.Main id="page" tabIndex={-1}>
        <div style={{ padding: phone ? 16 : 24 }}>
          <Outlet />
        </div>
      </AppShell.Main>
      <Palette />
    </AppShell>
  );
}

function shortcutText(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ K" : "Ctrl K";
}
