import type { EndpointChoice } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Button, Group, Modal, Radio, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { EventTypeSelect } from "../../../components/event-type-select.tsx";
import { Notice } from "../../../components/notice.tsx";
import { isoOfLocal, localText } from "../../../components/time-range-fields.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useChoices } from "../api/endpoints.ts";
import { useChangeReplays } from "../api/replays.ts";
import { millisOf } from "../delivery/delivery-filters.ts";
import { REPLAY_SCOPES } from "./replay-progress.tsx";

const DAY_MS = 86_400_000;

/** Which events of which time go to an endpoint again; counted first, then started. */
export function ReplayDialog(props: {
  readonly endpoints: readonly EndpointChoice[];
  /** Chosen at first. */
  readonly endpoint: string;
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const { data: choices } = useChoices();
  const { estimate, create } = useChangeReplays();
  const [requestId] = useState(() => crypto.randomUUID());
  const [endpointId, setEndpointId] = useState(props.endpoint || props.endpoints[0]?.id || "");
  const [scope, setScope] = useState("failed");
  const [since, setSince] = useState<string | undefined>(() => new Date(Date.now() - DAY_MS).toISOString());
  const [until, setUntil] = useState<string>();
  const [types, setTypes] = useState<string[]>([]);
  const plan = { endpointId, scope, since: millisOf(since), until: millisOf(until), types };
  const ready = endpointId !== "" && plan.since > 0n;
  // An estimate is only good for what it was made of.
  const change = (apply: () => void) => {
    apply();
    estimate.reset();
    create.reset();
  };
  const found = estimate.data;
  const count = Number(found?.eventCount ?? 0);
  const error = estimate.error ?? create.error;
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t("webhooks.createReplay")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Select
          label={t("webhooks.endpoint")}
          allowDeselect={false}
          searchable
          data={props.endpoints.map(({ id, name }) => ({ value: id, label: name }))}
          value={endpointId || null}
          onChange={(id) => change(() => setEndpointId(id ?? ""))}
        />
        <Radio.Group label={t("webhooks.scope")} value={scope} onChange={(value) => change(() => setScope(value))}>
          <Stack gap="xs" mt="xs">
            {REPLAY_SCOPES.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`webhooks.scope_${value}`)}
                description={t(`webhooks.scopeHint_${value}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Group grow align="flex-start">
          <TextInput
            type="datetime-local"
            label={t("events.since")}
            required
            value={localText(since)}
            onChange={(event) => {
              const text = event.currentTarget.value;
              change(() => setSince(isoOfLocal(text)));
            }}
          />
          <TextInput
            type="datetime-local"
            label={t("events.until")}
            value={localText(until)}
            onChange={(event) => {
              const text = event.currentTarget.value;
              change(() => setUntil(isoOfLocal(text)));
            }}
          />
        </Group>
        <EventTypeSelect
          types={(choices?.types ?? []).map(({ name }) => name)}
          label={t("webhooks.types")}
          placeholder={types.length > 0 ? "" : t("webhooks.asEndpoint")}
          value={types}
          onChange={(value) => change(() => setTypes(value))}
        />
        {found && (
          <Notice kind={count > 0 ? "warning" : "neutral"} role="status">
            {count === 0 ? (
              <Text fz="sm">{t("webhooks.estimateNone")}</Text>
            ) : (
              <>
                <Text fz="sm" fw={500}>
                  {t("webhooks.estimateCount", { count, formatted: count.toLocaleString(i18n.language) })}
                </Text>
                <Text component="div" fz="sm">
                  <TimeText time={found.firstTime} absolute /> – <TimeText time={found.lastTime} absolute />
                </Text>
                {scope === "all" && <Text fz="sm">{t("webhooks.duplicates")}</Text>}
              </>
            )}
          </Notice>
        )}
        {error && <ErrorPanel error={error} what={t("webhooks.thisReplay")} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            variant={count > 0 ? "default" : "filled"}
            loading={estimate.isPending}
            disabled={!ready}
            onClick={() => estimate.mutate({ plan })}
          >
            {t("webhooks.estimate")}
          </Button>
          {count > 0 && (
            <Button
              loading={create.isPending}
              onClick={() =>
                create.mutate({ requestId, plan }, { onSuccess: ({ replay }) => props.onCreated(replay?.id ?? "") })
              }
            >
              {t("webhooks.startReplay", { count, formatted: count.toLocaleString(i18n.language) })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
