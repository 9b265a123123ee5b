import type { DispatchRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Checkbox, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { DispatchStatus } from "./status-word.tsx";
import { UsageBar } from "./usage-bar.tsx";

/** Which rows are chosen. */
export interface Choice {
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
}

/** Columns of dispatches; with a choice each row can be ticked. */
export function useDispatchColumns(choice: Choice | undefined): Column<DispatchRow>[] {
  const { t, i18n } = useTranslation();
  const number = (value: bigint | number) => value.toLocaleString(i18n.language);
  return [
    ...(choice
      ? [
          {
            key: "choose",
            header: t("dispatch.choose"),
            width: 40,
            cell: (row: DispatchRow) => <RowChoice row={row} choice={choice} />,
          },
        ]
      : []),
    { key: "name", header: t("dispatch.dispatch"), cell: (row) => <DispatchName row={row} /> },
    { key: "status", header: t("dispatch.status"), cell: ({ status }) => <DispatchStatus status={status} /> },
    {
      key: "usage",
      header: t("dispatch.usage"),
      cell: ({ usage, terms, name }) => <UsageBar usage={usage} terms={terms} name={name} />,
    },
    {
      key: "deployments",
      header: t("dispatch.deployments"),
      numeric: true,
      cell: ({ activeDeploymentCount }) => number(activeDeploymentCount),
    },
    { key: "launches", header: t("dispatch.launches"), numeric: true, cell: ({ launchCount }) => number(launchCount) },
    {
      key: "open",
      header: t("dispatch.unacknowledgedShort"),
      numeric: true,
      cell: ({ unacknowledgedCount }) => (
        <Text span fz="sm" {...(unacknowledgedCount > 0n && { c: "var(--cm-failed)" })}>
          {number(unacknowledgedCount)}
        </Text>
      ),
    },
    {
      key: "last",
      header: t("dispatch.lastLaunch"),
      cell: ({ lastLaunchTime }) => <TimeText time={lastLaunchTime} />,
    },
  ];
}

/** A dispatch on a phone. */
export function DispatchCard({ row, choice }: { readonly row: DispatchRow; readonly choice?: Choice }) {
  return (
    <Group wrap="nowrap" align="flex-start">
      {choice && <RowChoice row={row} choice={choice} />}
      <Stack gap={4} miw={0} flex={1}>
        <DispatchName row={row} />
        <DispatchStatus status={row.status} />
        <UsageBar usage={row.usage} terms={row.terms} name={row.name} width="100%" />
      </Stack>
    </Group>
  );
}

function RowChoice({ row, choice }: { readonly row: DispatchRow; readonly choice: Choice }) {
  const { t } = useTranslation();
  return (
    <Checkbox
      size="xs"
      aria-label={t("dispatch.chooseOne", { name: row.name })}
      checked={choice.ids.has(row.id)}
      onChange={(event) => {
        const next = new Set(choice.ids);
        if (event.currentTarget.checked) next.add(row.id);
        else next.delete(row.id);
        choice.onChange(next);
      }}
    />
  );
}

function DispatchName({ row }: { readonly row: DispatchRow }) {
  const { slug } = useOrganization();
  return (
    <Stack gap={0} miw={0} maw={340}>
      <AnchorLink
        to="/o/$org/dispatch/dispatches/$dispatchId"
        params={{ org: slug, dispatchId: row.id }}
        fw={500}
        fz="sm"
        truncate
        title={row.name}
      >
        {row.name}
      </AnchorLink>
      <Text fz="xs" c="dimmed" truncate title={row.destinationName}>
        {row.destinationName || "—"}
      </Text>
    </Stack>
  );
}
