import type { FactRow } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { StatusBadges } from "../../../components/status-badge.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { formatScore } from "../../../lib/format/score.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useFormats } from "../use-formats.ts";
import { FactCard } from "./figure-drawer.tsx";

/** Registrations of one learner with what analytics knows of them. */
export function RegistrationTable({ rows, label }: { readonly rows: readonly FactRow[]; readonly label: string }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { count, duration } = useFormats();
  const columns: Column<FactRow>[] = [
    {
      key: "course",
      header: t("registrations.course"),
      cell: (row) => (
        <AnchorLink
          to="/o/$org/registrations/$registrationId"
          params={{ org: slug, registrationId: row.registrationId }}
          fw={500}
          fz="sm"
        >
          {row.courseTitle || row.courseId}
        </AnchorLink>
      ),
    },
    {
      key: "status",
      header: t("statusMix.status"),
      cell: (row) => <StatusBadges completion={row.completion} success={row.success} />,
    },
    { key: "score", header: t("registrations.score"), numeric: true, cell: (row) => formatScore(row.score) },
    { key: "launches", header: t("analytics.launches"), numeric: true, cell: (row) => count(row.launches) },
    { key: "attempts", header: t("analytics.attempts"), numeric: true, cell: (row) => count(row.attempts) },
    { key: "active", header: t("analytics.activeTime"), numeric: true, cell: (row) => duration(row.activeMs) },
    { key: "wall", header: t("analytics.wallTime"), numeric: true, cell: (row) => duration(row.wallMs) },
    { key: "last", header: t("registrations.lastActivity"), cell: (row) => <TimeText time={row.lastActivityTime} /> },
  ];
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowKey={(row) => row.registrationId}
      card={(row) => <FactCard row={row} />}
      label={label}
    />
  );
}
