import type { ReplayRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Group, Select, Stack, Text } from "@mantine/core";
import { IconPlayerTrackNext } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useCan, useOrganization } from "../../../lib/session/use-session.tsx";
import { useReplays } from "../api/replays.ts";
import { ReplayDialog } from "../components/replay-dialog.tsx";
import { ReplayProgress, useScopeText } from "../components/replay-progress.tsx";
import { ReplayState } from "../components/status-word.tsx";
import { WebhooksLayout } from "./webhooks-layout.tsx";

/** What was sent again after an outage. */
export function ReplaysPage(props: {
  /** Of one endpoint; empty for all. */
  readonly endpoint: string;
  readonly onEndpoint: (id: string) => void;
  readonly creating: boolean;
  readonly onCreating: (creating: boolean) => void;
  readonly onCreated: (id: string) => void;
}) {
  const { t } = useTranslation();
  const query = useReplays(props.endpoint);
  const mayWrite = useCan("webhook:write");
  const scope = useScopeText();
  const endpoints = query.data?.pages[0]?.endpoints ?? [];
  const create = (
    <GuardedButton
      scope="webhook:write"
      leftSection={<IconPlayerTrackNext size={16} />}
      onClick={() => props.onCreating(true)}
    >
      {t("webhooks.createReplay")}
    </GuardedButton>
  );
  const columns: Column<ReplayRow>[] = [
    { key: "name", header: t("webhooks.endpoint"), cell: (replay) => <ReplayName replay={replay} /> },
    { key: "scope", header: t("webhooks.scope"), cell: ({ plan }) => scope(plan?.scope ?? "") },
    { key: "state", header: t("webhooks.state"), cell: ({ state }) => <ReplayState state={state} /> },
    { key: "progress", header: t("webhooks.progress"), cell: (replay) => <ReplayProgress replay={replay} /> },
    { key: "created", header: t("webhooks.startedAt"), cell: (replay) => <TimeText time={replay.createTime} /> },
    { key: "by", header: t("webhooks.startedBy"), cell: ({ createdBy }) => createdBy },
  ];
  return (
    <WebhooksLayout actions={create}>
      <Group mb="sm">
        <Select
          aria-label={t("webhooks.endpoint")}
          placeholder={t("webhooks.anyEndpoint")}
          searchable
          clearable
          w={220}
          data={endpoints.map(({ id, name }) => ({ value: id, label: name }))}
          value={props.endpoint || null}
          onChange={(id) => props.onEndpoint(id ?? "")}
        />
      </Group>
      <ListPanel
        query={query}
        rows={query.data?.pages.flatMap((page) => page.replays)}
        columns={columns}
        rowKey={(replay) => replay.id}
        what={t("webhooks.replays")}
        filtered={props.endpoint !== ""}
        onClearFilters={() => props.onEndpoint("")}
        empty={<EmptyState title={t("webhooks.noReplays")} text={t("webhooks.noReplaysText")} action={create} />}
        card={(replay) => (
          <Stack gap={4}>
            <Group justify="space-between" wrap="nowrap">
              <ReplayName replay={replay} />
              <ReplayState state={replay.state} />
            </Group>
            <ReplayProgress replay={replay} />
            <Text fz="xs" c="dimmed">
              {scope(replay.plan?.scope ?? "")} · <TimeText time={replay.createTime} />
            </Text>
          </Stack>
        )}
      />
      {props.creating && mayWrite && query.data && (
        <ReplayDialog
          endpoints={endpoints}
          endpoint={props.endpoint}
          onClose={() => props.onCreating(false)}
          onCreated={props.onCreated}
        />
      )}
    </WebhooksLayout>
  );
}

function ReplayName({ replay }: { readonly replay: ReplayRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <AnchorLink to="/o/$org/webhooks/replays/$replayId" params={{ org: slug, replayId: replay.id }} fz="sm" fw={500}>
      {replay.endpointName || t("webhooks.goneEndpoint")}
    </AnchorLink>
  );
}
