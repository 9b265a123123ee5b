import type { GetDispatchDashboardResponse } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Paper, SimpleGrid, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useDashboard } from "../api/dispatches.ts";

const CARDS = ["active", "deployments", "launches", "sessions", "downloads", "unacknowledged"] as const;

/** The figures that say whether dispatching works. */
export function DashboardCards() {
  const { t, i18n } = useTranslation();
  const query = useDashboard();
  const number = (value: number | bigint) => value.toLocaleString(i18n.language);
  if (query.error && !query.data)
    return <ErrorPanel error={query.error} what={t("dispatch.figures")} onRetry={() => query.refetch()} />;
  return (
    <section aria-label={t("dispatch.figures")} style={{ marginBottom: 16 }}>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
        {CARDS.map((card) => {
          const facts = query.data && factsOf(query.data)[card];
          const alarming = card === "unacknowledged" && facts !== undefined && facts.value > 0;
          return (
            <Paper key={card} p="sm">
              <Text fz="xs" c="dimmed">
                {t(`dispatch.card_${card}`)}
              </Text>
              {facts ? (
                <Text fz={22} lh="28px" fw={600} {...(alarming && { c: "var(--cm-failed)" })}>
                  {number(facts.value)}
                </Text>
              ) : (
                <Skeleton height={22} my={3} width="50%" />
              )}
              <Text fz="xs" c="dimmed">
                {facts?.of === undefined
                  ? t(`dispatch.cardHint_${card}`)
                  : t("dispatch.ofAll", { total: number(facts.of) })}
              </Text>
            </Paper>
          );
        })}
      </SimpleGrid>
      {query.data && (
        <Text fz="xs" c="dimmed" mt={4}>
          {t("dispatch.asOf")} <TimeText time={query.data.asOfTime} absolute />
        </Text>
      )}
    </section>
  );
}

interface CardFacts {
  readonly value: number | bigint;
  readonly of?: number;
}

function factsOf(data: GetDispatchDashboardResponse): Record<(typeof CARDS)[number], CardFacts> {
  return {
    active: { value: data.activeCount, of: data.dispatchCount },
    deployments: { value: data.activeDeploymentCount },
    launches: { value: data.launches },
    sessions: { value: data.learners },
    downloads: { value: data.downloads },
    unacknowledged: { value: data.unacknowledgedCount },
  };
}
