import type { ToldLaunch } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useReceiptSentence } from "./receipt-sentence.ts";
import { ResultText } from "./result-text.tsx";
import { Outcome } from "./words.tsx";

/** Per launch: what we sent, what the host replied, and our record beside it. */
export function ToldLaunches({ launches }: { readonly launches: readonly ToldLaunch[] }) {
  const { t } = useTranslation();
  const columns: Column<ToldLaunch>[] = [
    { key: "time", header: t("dispatchResults.launch"), cell: (launch) => <LaunchName launch={launch} /> },
    { key: "sent", header: t("dispatchResults.sent"), cell: (launch) => <Sent launch={launch} /> },
    { key: "reply", header: t("dispatchResults.reply"), cell: (launch) => <Reply launch={launch} /> },
    {
      key: "code",
      header: t("dispatchResults.errorCode"),
      cell: ({ telling }) => (telling && telling.errorCode !== "0" && telling.errorCode) || "—",
    },
    {
      key: "ours",
      header: t("dispatchResults.ourRecord"),
      cell: ({ ours }) => <ResultText result={ours} none={t("dispatchResults.noResult")} />,
    },
  ];
  if (launches.length === 0) return <Text c="dimmed">{t("dispatchResults.noLaunches")}</Text>;
  return (
    <DataTable
      columns={columns}
      rows={launches}
      rowKey={({ id }) => id}
      label={t("dispatchResults.tableOf", { name: t("dispatchResults.newestLaunches") })}
      card={(launch) => (
        <Stack gap={4}>
          <LaunchName launch={launch} />
          <Sent launch={launch} />
          <Reply launch={launch} />
          <ResultText result={launch.ours} none={t("dispatchResults.noResult")} />
        </Stack>
      )}
    />
  );
}

function LaunchName({ launch }: { readonly launch: ToldLaunch }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <Stack gap={0}>
      <AnchorLink
        to="/o/$org/dispatch/sessions/$sessionId"
        params={{ org: slug, sessionId: launch.sessionId }}
        fz="sm"
        fw={500}
      >
        {launch.learner || t("dispatchResults.learner")}
      </AnchorLink>
      <Text fz="xs" c="dimmed" component="div">
        <TimeText time={launch.time} /> · {t("dispatchResults.callCount", { count: launch.callCount })}
      </Text>
    </Stack>
  );
}

function Sent({ launch }: { readonly launch: ToldLaunch }) {
  const { t } = useTranslation();
  const { status, score, duration } = launch;
  const parts = [status, score && t("dispatchResults.scoreValue", { score }), duration].filter((text) => text !== "");
  return (
    <Text span fz="sm" c={parts.length === 0 ? "dimmed" : "inherit"}>
      {parts.length === 0 ? t("dispatchResults.toldNothing") : parts.join(" · ")}
    </Text>
  );
}

function Reply({ launch }: { readonly launch: ToldLaunch }) {
  const sentence = useReceiptSentence();
  if (!launch.telling) return <span>—</span>;
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <Outcome value={launch.telling.outcome} />
      <Text span fz="sm" style={{ overflowWrap: "anywhere" }}>
        {sentence(launch.telling)}
      </Text>
    </Group>
  );
}
