import type { AttemptRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Group, Stack, Tabs, Text } from "@mantine/core";
import { IconBan, IconRepeat } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { PageTitle } from "../../../components/page-title.tsx";
import { Panel, SkeletonLines } from "../../../components/panel.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useChangeDeliveries, useDelivery } from "../api/deliveries.ts";
import { AttemptContent } from "../components/attempt-content.tsx";
import { DeliveryFacts } from "../components/delivery-facts.tsx";
import { useOutcomeWord } from "../components/outcome-text.tsx";
import { DeliveryState } from "../components/status-word.tsx";

/** One delivery: every attempt with request and response, and what it is about. */
export function DeliveryPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const query = useDelivery(id);
  const delivery = query.data?.delivery;
  const above = (
    <AnchorLink to="/o/$org/webhooks/deliveries" params={{ org: slug }} fz="sm">
      {t("webhooks.tabDeliveries")}
    </AnchorLink>
  );
  if (!query.data || !delivery)
    return (
      <>
        <PageTitle title={t("webhooks.delivery")} above={above} />
        {query.error ? (
          <ErrorPanel error={query.error} what={t("webhooks.thisDelivery")} onRetry={() => query.refetch()} />
        ) : (
          <SkeletonLines lines={10} />
        )}
      </>
    );
  return (
    <>
      <PageTitle
        title={delivery.eventType}
        above={above}
        subtitle={<DeliveryState state={delivery.state} />}
        actions={<DeliveryActions id={id} state={delivery.state} test={delivery.test} />}
      />
      <Stack>
        <Panel title={t("webhooks.about")}>
          <DeliveryFacts answer={query.data} delivery={delivery} />
        </Panel>
        <Attempts attempts={query.data.attempts} />
      </Stack>
    </>
  );
}

function DeliveryActions({ id, state, test }: { readonly id: string; readonly state: string; readonly test: boolean }) {
  const { t } = useTranslation();
  const { resend, cancel } = useChangeDeliveries();
  const open = state === "queued" || state === "retrying" || state === "held";
  const failed = (error: unknown) => notifyFailed(t("webhooks.deliveryNotChanged"), error);
  return (
    <>
      {open && (
        <GuardedButton
          scope="webhook:write"
          variant="default"
          leftSection={<IconBan size={16} />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ id }, { onError: failed })}
        >
          {t("webhooks.giveUp")}
        </GuardedButton>
      )}
      {!test && (
        <GuardedButton
          scope="webhook:write"
          leftSection={<IconRepeat size={16} />}
          loading={resend.isPending}
          onClick={() =>
            resend.mutate(
              { id, requestId: crypto.randomUUID() },
              { onError: failed, onSuccess: () => notifyDone(t("webhooks.resent")) },
            )
          }
        >
          {t("webhooks.resend")}
        </GuardedButton>
      )}
    </>
  );
}

/** A tab for each attempt, the newest open. */
function Attempts({ attempts }: { readonly attempts: readonly AttemptRow[] }) {
  const { t } = useTranslation();
  const word = useOutcomeWord();
  const [chosen, setChosen] = useState<string>();
  const newest = attempts.at(-1);
  if (!newest)
    return (
      <Panel title={t("webhooks.attempts")}>
        <Text fz="sm" c="dimmed">
          {t("webhooks.noAttempts")}
        </Text>
      </Panel>
    );
  const shown = attempts.find(({ id }) => id === chosen) ?? newest;
  return (
    <Panel title={t("webhooks.attempts")}>
      <Tabs value={shown.id} onChange={(value) => setChosen(value ?? undefined)} keepMounted={false}>
        <Tabs.List style={{ overflowX: "auto", flexWrap: "nowrap" }}>
          {attempts.map(({ id, number, outcome, httpStatus }) => (
            <Tabs.Tab key={id} value={id}>
              <Group gap={6} wrap="nowrap">
                <span>{t("webhooks.attemptNumber", { number })}</span>
                <Text span fz="xs" c={outcome === "delivered" ? "var(--cm-passed)" : "var(--cm-failed)"}>
                  {word(outcome, httpStatus)}
                </Text>
              </Group>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown.id} pt="md">
          <AttemptContent key={shown.id} attempt={shown} />
        </Tabs.Panel>
      </Tabs>
    </Panel>
  );
}
