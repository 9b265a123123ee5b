import type { ImportRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import type { RegistrationRow } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { AnchorLink } from "../../../components/links.tsx";
import { StatusBadges } from "../../../components/status-badge.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import classes from "./recent-lists.module.css";

/** The newest imports with their verdict. */
export function RecentImports({ imports }: { readonly imports: readonly ImportRow[] }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const words = (row: ImportRow) => {
    const verdict = (["ready", "ready_with_notes", "not_playable"] as const).find(
      (known) => known === row.report?.verdict,
    );
    const state = (["queued", "fetching", "reading", "publishing", "failed", "canceled"] as const).find(
      (known) => known === row.state,
    );
    return state ? t(`imports.stage_${state}`) : verdict ? t(`imports.verdict_${verdict}`) : row.state;
  };
  return (
    <Rows empty={t("overview.noImports")}>
      {imports.map((row) => (
        <Row
          key={row.id}
          title={
            <AnchorLink to="/o/$org/imports/$importId" params={{ org: slug, importId: row.id }} fz="sm">
              {row.source}
            </AnchorLink>
          }
          detail={words(row)}
          time={row.createTime}
        />
      ))}
    </Rows>
  );
}

/** The registrations something happened in most recently. */
export function RecentRegistrations({ registrations }: { readonly registrations: readonly RegistrationRow[] }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <Rows empty={t("overview.noRegistrations")}>
      {registrations.map((row) => (
        <Row
          key={row.id}
          title={
            <AnchorLink
              to="/o/$org/registrations/$registrationId"
              params={{ org: slug, registrationId: row.id }}
              fz="sm"
            >
              {row.learnerName} · {row.courseTitle}
            </AnchorLink>
          }
          detail={<StatusBadges completion={row.completion} success={row.success} />}
          time={row.activityTime || row.createTime}
        />
      ))}
    </Rows>
  );
}

function Rows({ empty, children }: { readonly empty: string; readonly children: ReactNode[] }) {
  if (children.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {empty}
      </Text>
    );
  return (
    <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: "none" }}>
      {children}
    </Stack>
  );
}

function Row({
  title,
  detail,
  time,
}: {
  readonly title: ReactNode;
  readonly detail: ReactNode;
  readonly time: bigint;
}) {
  return (
    <li className={classes.row}>
      <div className={classes.title}>{title}</div>
      <div>{detail}</div>
      <div className={classes.time}>
        <TimeText time={time} />
      </div>
    </li>
  );
}
