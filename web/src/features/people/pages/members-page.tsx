import type { MemberRow } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useMembers } from "../api/people.ts";
import { ActivityButton, RoleSelect } from "../components/member-controls.tsx";

/** People who sign in. */
export function MembersPage({ q, onQuery }: { readonly q: string; readonly onQuery: (q: string) => void }) {
  const { t } = useTranslation();
  const members = useMembers(q);
  const name = (member: MemberRow) => (
    <Group gap={8} wrap="nowrap">
      <Text span fw={500} fz="sm" c={member.active ? "inherit" : "dimmed"}>
        {member.name}
      </Text>
      {!member.active && <Badge>{t("people.inactive")}</Badge>}
    </Group>
  );
  const columns: Column<MemberRow>[] = [
    { key: "name", header: t("people.name"), cell: name },
    { key: "email", header: t("people.email"), cell: (member) => member.email },
    { key: "role", header: t("people.role"), cell: (member) => <RoleSelect member={member} /> },
    { key: "seen", header: t("people.lastSignIn"), cell: (member) => <TimeText time={member.lastSignInTime} /> },
    { key: "since", header: t("people.since"), cell: (member) => <TimeText time={member.createTime} /> },
    { key: "action", header: t("common.actions"), cell: (member) => <ActivityButton member={member} /> },
  ];
  return (
    <>
      <FilterBar query={q} onQuery={onQuery} searchLabel={t("people.searchMembers")} />
      <ListPanel
        query={members}
        rows={members.data?.pages.flatMap((page) => page.members)}
        total={members.data?.pages[0]?.total}
        columns={columns}
        rowKey={(member) => member.id}
        what={t("people.membersWhat")}
        filtered={q !== ""}
        onClearFilters={() => onQuery("")}
        empty={<EmptyState title={t("people.noMembers")} text={t("people.noMembersText")} />}
        card={(member) => (
          <Stack gap={6}>
            {name(member)}
            <Text fz="sm" c="dimmed">
              {member.email}
            </Text>
            <Group gap="sm">
              <RoleSelect member={member} />
              <ActivityButton member={member} />
            </Group>
          </Stack>
        )}
      />
    </>
  );
}
