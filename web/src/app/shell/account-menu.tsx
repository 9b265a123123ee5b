import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconCheck,
  IconClock,
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLock,
  IconLogout,
  IconMoon,
  IconRowInsertBottom,
  IconSun,
  IconUserCircle,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { notifyFailed } from "../../components/notify.ts";
import { changeLanguage, LANGUAGES, type Language } from "../../i18n/i18n.ts";
import { zoneName } from "../../lib/format/time.ts";
import { setPreferences, usePreferences } from "../../lib/preferences.ts";
import { forgetRecentObjects } from "../../lib/recent-objects.ts";
import { useSession, useViewer } from "../../lib/session/use-session.tsx";
import { ChangePasswordDialog } from "./change-password-dialog.tsx";

const SCHEMES = [
  ["light", IconSun],
  ["dark", IconMoon],
  ["auto", IconDeviceDesktop],
] as const;

/** Who is signed in; colour scheme, language, zone, density, shortcuts; signing out. */
export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const viewer = useViewer();
  const session = useSession();
  const preferences = usePreferences();
  const [passwordOpen, { open: openPassword, close: closePassword }] = useDisclosure(false);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const check = (on: boolean) => (on ? <IconCheck size={16} aria-label={t("common.chosen")} /> : null);
  const signOut = async () => {
    forgetRecentObjects();
    await session.signOut().catch((error: unknown) => notifyFailed(t("account.signOutFailed"), error));
  };
  return (
    <>
      {passwordOpen && <ChangePasswordDialog onClose={closePassword} />}
      <Menu width={260} closeOnItemClick={false}>
        <Menu.Target>
          <ActionIcon size={32} aria-label={t("account.menu", { name: viewer.name })}>
            <IconUserCircle size={22} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {viewer.name} · {viewer.email}
          </Menu.Label>
          <Menu.Divider />
          {SCHEMES.map(([scheme, Icon]) => (
            <Menu.Item
              key={scheme}
              leftSection={<Icon size={16} />}
              rightSection={check(colorScheme === scheme)}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`account.scheme_${scheme}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {(Object.keys(LANGUAGES) as Language[]).map((language) => (
            <Menu.Item
              key={language}
              lang={language}
              leftSection={<IconLanguage size={16} />}
              rightSection={check(i18n.language === language)}
              onClick={() => void changeLanguage(i18n, language)}
            >
              {LANGUAGES[language]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconClock size={16} />}
            rightSection={check(preferences.zone === "utc")}
            onClick={() => setPreferences({ zone: preferences.zone === "utc" ? "local" : "utc" })}
          >
            {t("account.utc", { zone: zoneName("local") })}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconRowInsertBottom size={16} />}
            rightSection={check(preferences.density === "comfortable")}
            onClick={() => setPreferences({ density: preferences.density === "compact" ? "comfortable" : "compact" })}
          >
            {t("account.comfortable")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconKeyboard size={16} />}
            rightSection={check(preferences.shortcuts)}
            onClick={() => setPreferences({ shortcuts: !preferences.shortcuts })}
          >
            {t("account.shortcuts")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLock size={16} />} closeMenuOnClick onClick={openPassword}>
            {t("account.changePassword")}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
            {t("account.signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
