import type { LaunchRow } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { DurationText, TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { deviceOf } from "../device.ts";

const ENDS = ["exit", "closed", "superseded", "revoked", "expired"] as const;

/** Every launch: start, end, device, calls, how it ended, last save. */
export function LaunchesTab({
  launches,
  registrationId,
}: {
  readonly launches: readonly LaunchRow[];
  readonly registrationId: string;
}) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  if (launches.length === 0) return <Text c="dimmed">{t("journal.notLaunched")}</Text>;
  const number = new Map(
    launches.toSorted((a, b) => Number(a.createTime - b.createTime)).map((launch, index) => [launch.id, index + 1]),
  );
  const ended = (launch: LaunchRow) => {
    if (launch.end === "") return <Badge color="teal">{t("launches.open")}</Badge>;
    const known = ENDS.find((end) => end === launch.end);
    return known ? t(`launches.end_${known}`) : launch.end;
  };
  const calls = (launch: LaunchRow) => (
    <AnchorLink
      to="/o/$org/registrations/$registrationId"
      params={{ org: slug, registrationId }}
      search={{ launch: launch.id }}
      fz="sm"
      underline="always"
    >
      {launch.callCount.toLocaleString(i18n.language)}
    </AnchorLink>
  );
  const spent = (launch: LaunchRow) =>
    launch.openTime > 0n ? Number((launch.endTime || launch.activityTime) - launch.openTime) / 1000 : 0;
  const columns: Column<LaunchRow>[] = [
    {
      key: "number",
      header: t("launches.launch"),
      cell: (launch) => t("launches.number", { number: number.get(launch.id) ?? 0 }),
    },
    {
      key: "start",
      header: t("launches.started"),
      cell: (launch) => <TimeText time={launch.openTime || launch.createTime} absolute />,
    },
    { key: "end", header: t("launches.ended"), cell: (launch) => <TimeText time={launch.endTime} absolute /> },
    { key: "how", header: t("launches.how"), cell: ended },
    {
      key: "spent",
      header: t("launches.duration"),
      numeric: true,
      cell: (launch) => <DurationText seconds={spent(launch)} />,
    },
    { key: "calls", header: t("launches.calls"), numeric: true, cell: calls },
    { key: "saved", header: t("launches.lastSave"), cell: (launch) => <TimeText time={launch.activityTime} /> },
    { key: "mode", header: t("launches.mode"), cell: (launch) => launch.mode || "normal" },
    {
      key: "device",
      header: t("launches.device"),
      cell: (launch) => <span title={launch.userAgent}>{deviceOf(launch.userAgent)}</span>,
    },
  ];
  return (
    <DataTable
      columns={columns}
      rows={launches}
      rowKey={(launch) => launch.id}
      label={t("registration.tabLaunches")}
      card={(launch) => (
        <Stack gap={4} fz="sm">
          <Group justify="space-between">
            <Text span fw={500} fz="sm">
              {t("launches.number", { number: number.get(launch.id) ?? 0 })}
            </Text>
            {ended(launch)}
          </Group>
          <TimeText time={launch.openTime || launch.createTime} absolute />
          <span>
            {deviceOf(launch.userAgent)} · {t("launches.calls")}: {calls(launch)}
          </span>
        </Stack>
      )}
    />
  );
}
