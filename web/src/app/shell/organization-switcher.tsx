import { Avatar, Group, Menu, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { notifyFailed } from "../../components/notify.ts";
import { useSession, useViewer } from "../../lib/session/use-session.tsx";

/** The organization everything on the page belongs to, and the way to another one. */
export function OrganizationSwitcher() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const current = viewer.organization;
  const change = async (id: string, slug: string) => {
    try {
      await session.switchOrganization(id);
      // Nothing of one organization may stay on screen in another.
      client.clear();
      await navigate({ to: "/o/$org", params: { org: slug } });
    } catch (error) {
      notifyFailed(t("nav.switchFailed"), error);
    }
  };
  return (
    <Menu position="bottom-start" width={232}>
      <Menu.Target>
        <UnstyledButton w="100%" p={6} style={{ borderRadius: 6 }}>
          <Group gap="xs" wrap="nowrap">
            <Mark name={current?.name ?? "?"} logo={current?.logoUrl ?? ""} />
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text fw={600} fz="sm" truncate>
                {current?.name}
              </Text>
              <Text fz="xs" c="dimmed" truncate>
                {roleName(current?.role ?? "")}
              </Text>
            </div>
            <IconSelector size={16} aria-hidden="true" />
            <span className="visually-hidden">{t("nav.organization")}</span>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("nav.organizations")}</Menu.Label>
        {viewer.organizations.map((organization) => (
          <Menu.Item
            key={organization.id}
            leftSection={<Mark name={organization.name} logo={organization.logoUrl} />}
            rightSection={
              organization.id === current?.id ? <IconCheck size={16} aria-label={t("nav.currentOrganization")} /> : null
            }
            onClick={() => void change(organization.id, organization.slug)}
          >
            {organization.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  function roleName(role: string): string {
    const known = (["owner", "admin", "member", "viewer"] as const).find((each) => each === role);
    return known ? t(`people.role_${known}`) : role;
  }
}

function Mark({ name, logo }: { readonly name: string; readonly logo: string }) {
  return (
    <Avatar size={28} radius={6} src={logo || null} color="accent" variant="filled" alt="">
      {name.slice(0, 1).toUpperCase()}
    </Avatar>
  );
}
