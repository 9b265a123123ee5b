import type {
  GetDispatchResponse,
  PackageRow,
  RefusalCount,
  RefusalRow,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { DataTable } from "../../../components/data-table.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { formatBytes } from "../../../lib/format/bytes.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { FORMATS, usePackages, useRevokePackages } from "../api/packages.ts";
import { refusalOf } from "../form/refusals.ts";
import { DispatchStatus } from "./status-word.tsx";

/** LMSs in which the package was seen. */
export function PlacesPanel({ answer }: { readonly answer: GetDispatchResponse }) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const { deployments } = answer;
  const link = (id: string, domain: string) => (
    <AnchorLink
      to="/o/$org/dispatch/deployments/$deploymentId"
      params={{ org: slug, deploymentId: id }}
      fz="sm"
      fw={500}
    >
      {domain || t("dispatch.unknownHost")}
    </AnchorLink>
  );
  return (
    <Panel title={t("dispatch.deployments")}>
      {deployments.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t("dispatch.noDeployments")}
        </Text>
      ) : (
        <DataTable
          label={t("dispatch.listOf", { name: t("dispatch.deployments") })}
          rows={deployments}
          rowKey={({ id }) => id}
          card={({ id, lmsDomain, status }) => (
            <Group justify="space-between">
              {link(id, lmsDomain)}
              <DispatchStatus status={status} />
            </Group>
          )}
          columns={[
            { key: "host", header: t("dispatch.host"), cell: ({ id, lmsDomain }) => link(id, lmsDomain) },
            { key: "product", header: t("dispatch.lmsProduct"), cell: ({ lmsProduct }) => lmsProduct || "—" },
            { key: "status", header: t("dispatch.status"), cell: ({ status }) => <DispatchStatus status={status} /> },
            {
              key: "launches",
              header: t("dispatch.launches"),
              numeric: true,
              cell: ({ launchCount }) => launchCount.toLocaleString(i18n.language),
            },
            {
              key: "last",
              header: t("dispatch.lastContact"),
              cell: ({ lastActivityTime }) => <TimeText time={lastActivityTime} />,
            },
          ]}
        />
      )}
    </Panel>
  );
}

/** Packages made so far: each can be fetched again or ended. */
export function PackagesPanel({ packages }: { readonly packages: readonly PackageRow[] }) {
  const { t, i18n } = useTranslation();
  const { download } = usePackages();
  const { revoke } = useRevokePackages();
  const [ending, setEnding] = useState<PackageRow>();
  const format = (word: string) => {
    const known = FORMATS.find((one) => one === word);
    return known ? t(`dispatch.format_${known}`) : word;
  };
  const state = ({ revoked, state: word }: PackageRow) =>
    t(
      revoked
        ? "dispatch.packageRevoked"
        : word === "ready"
          ? "dispatch.packageReady"
          : word === "failed"
            ? "dispatch.packageFailed"
            : "dispatch.packageMaking",
    );
  const actions = (made: PackageRow) => (
    <Group gap={6} wrap="nowrap">
      <GuardedButton
        scope="dispatch:read"
        size="compact-sm"
        variant="default"
        disabled={made.state !== "ready" || made.revoked}
        aria-label={t("dispatch.downloadOne", { name: made.filename })}
        onClick={() => download(made).catch((error) => notifyFailed(t("dispatch.notDownloaded"), error))}
      >
        {t("dispatch.download")}
      </GuardedButton>
      {!made.revoked && (
        <GuardedButton
          scope="dispatch:write"
          size="compact-sm"
          variant="default"
          aria-label={t("dispatch.revokeOne", { name: made.filename })}
          onClick={() => setEnding(made)}
        >
          {t("dispatch.revokeVerb")}
        </GuardedButton>
      )}
    </Group>
  );
  return (
    <Panel title={t("dispatch.packages")}>
      {packages.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t("dispatch.noPackages")}
        </Text>
      ) : (
        <DataTable
          label={t("dispatch.listOf", { name: t("dispatch.packages") })}
          rows={packages}
          rowKey={({ id }) => id}
          card={(made) => (
            <Stack gap={4}>
              <Text fz="sm" fw={500}>
                {format(made.format)} · {state(made)}
              </Text>
              {actions(made)}
            </Stack>
          )}
          columns={[
            { key: "format", header: t("dispatch.format"), cell: (made) => format(made.format) },
            { key: "state", header: t("dispatch.status"), cell: state },
            {
              key: "downloads",
              header: t("dispatch.downloads"),
              numeric: true,
              cell: ({ downloadCount }) => downloadCount.toLocaleString(i18n.language),
            },
            {
              key: "size",
              header: t("dispatch.size"),
              numeric: true,
              cell: ({ sizeBytes }) => (sizeBytes > 0n ? formatBytes(Number(sizeBytes), i18n.language) : "—"),
            },
            { key: "made", header: t("dispatch.made"), cell: ({ createTime }) => <TimeText time={createTime} /> },
            { key: "actions", header: t("common.actions"), cell: actions },
          ]}
        />
      )}
      {ending && (
        <ConfirmDialog
          title={t("dispatch.revokeOneTitle")}
          verb={t("dispatch.revokeVerb")}
          failure={t("dispatch.thePackage")}
          onClose={() => setEnding(undefined)}
          onConfirm={async () => {
            await revoke.mutateAsync({ id: ending.id });
            notifyDone(t("dispatch.revoked", { count: 1 }));
          }}
        >
          {t("dispatch.revokeOneText", { name: ending.filename })}
        </ConfirmDialog>
      )}
    </Panel>
  );
}

/** Launches that were refused in the last 30 days, by reason and one by one. */
export function RefusalsPanel(props: {
  readonly counts: readonly RefusalCount[];
  readonly refusals: readonly RefusalRow[];
}) {
  const { t, i18n } = useTranslation();
  const word = (reason: string) => {
    const known = refusalOf(reason);
    return known ? t(`dispatch.refusal_${known}`) : reason;
  };
  return (
    <Panel title={t("dispatch.refusals")}>
      {props.counts.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t("dispatch.noRefusals")}
        </Text>
      ) : (
        <Stack gap="sm">
          <Group gap="md" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
            {props.counts.map(({ reason, count }) => (
              <Text component="li" key={reason} fz="sm">
                {word(reason)}: <strong>{count.toLocaleString(i18n.language)}</strong>
              </Text>
            ))}
          </Group>
          <DataTable
            label={t("dispatch.listOf", { name: t("dispatch.refusals") })}
            rows={props.refusals}
            rowKey={({ id }) => id}
            card={({ reason, learnerId, time }) => (
              <Text fz="sm">
                {word(reason)} · {learnerId || "—"} · <TimeText time={time} />
              </Text>
            )}
            columns={[
              { key: "time", header: t("dispatch.when"), cell: ({ time }) => <TimeText time={time} /> },
              { key: "reason", header: t("dispatch.reason"), cell: ({ reason }) => word(reason) },
              { key: "learner", header: t("dispatch.learner"), cell: ({ learnerId }) => learnerId || "—" },
              { key: "host", header: t("dispatch.host"), cell: ({ domain }) => domain || "—" },
            ]}
          />
        </Stack>
      )}
    </Panel>
  );
}
