import type { CreateEndpointResponse, EndpointRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import {
  Accordion,
  Button,
  Checkbox,
  Group,
  Modal,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangeEndpoints } from "../api/endpoints.ts";
import { draftOf, type EndpointForm, formOf, isAddress, KINDS } from "../endpoint/endpoint-form.ts";
import { HeaderFields, PolicyFields, PostbackFields } from "./endpoint-fields.tsx";
import { EndpointFilterFields } from "./endpoint-filter-fields.tsx";
import { VerifierSnippet } from "./secret-dialog.tsx";
import { TestResult } from "./test-result.tsx";

/** Address, kind, filter and policy; for a new endpoint, or one that is there. */
export function EndpointDialog(props: {
  readonly endpoint?: EndpointRow | undefined;
  /** Types chosen at first. */
  readonly types?: readonly string[] | undefined;
  readonly onClose: () => void;
  readonly onCreated?: (answer: CreateEndpointResponse) => void;
}) {
  const { t } = useTranslation();
  const { endpoint, onClose } = props;
  const { create, update, testAddress } = useChangeEndpoints();
  const [requestId] = useState(() => crypto.randomUUID());
  const [form, setForm] = useState(() => formOf(endpoint?.draft, props.types));
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<EndpointForm>) => setForm((present) => ({ ...present, ...part }));
  const good = isAddress(form.url);
  const draft = () => draftOf(form, endpoint?.draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!good) return;
    if (endpoint) update.mutate({ id: endpoint.id, etag: endpoint.etag, draft: draft() }, { onSuccess: onClose });
    else create.mutate({ requestId, draft: draft() }, { onSuccess: (answer) => props.onCreated?.(answer) });
  };
  const error = create.error ?? update.error;
  const title = endpoint ? t("webhooks.edit", { name: endpoint.draft?.name }) : t("webhooks.create");
  return (
    <Modal opened onClose={onClose} size="xl" title={title} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t("webhooks.url")}
            description={t("webhooks.urlHint")}
            placeholder="https://example.org/webhooks"
            type="url"
            data-autofocus
            required
            value={form.url}
            error={checked && !good ? t("webhooks.urlInvalid") : undefined}
            onChange={(event) => change({ url: event.currentTarget.value })}
            rightSectionWidth={130}
            rightSection={
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconPlugConnected size={14} />}
                loading={testAddress.isPending}
                disabled={!good}
                onClick={() => testAddress.mutate({ draft: draft() })}
              >
                {t("webhooks.tryAddress")}
              </Button>
            }
          />
          {testAddress.error && <ErrorPanel error={testAddress.error} what={t("webhooks.theTest")} />}
          {testAddress.data?.attempt && <TestResult attempt={testAddress.data.attempt} />}
          <TextInput
            label={t("webhooks.name")}
            placeholder={good ? new URL(form.url.trim()).host : ""}
            maxLength={200}
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <div>
            <SegmentedControl
              aria-label={t("webhooks.kind")}
              data={KINDS.map((value) => ({ value, label: t(`webhooks.kind_${value}`) }))}
              value={form.kind}
              onChange={(value) => change({ kind: KINDS.find((known) => known === value) ?? "webhook", types: [] })}
            />
            <Text fz="xs" c="dimmed" mt={4}>
              {t(`webhooks.kindHint_${form.kind}`)}
            </Text>
          </div>
          {form.kind === "postback" ? (
            <PostbackFields form={form} onChange={change} isNew={!endpoint} />
          ) : (
            <Checkbox
              label={t("webhooks.thin")}
              description={t("webhooks.thinHint")}
              checked={form.thin}
              onChange={(event) => change({ thin: event.currentTarget.checked })}
            />
          )}
          <EndpointFilterFields form={form} onChange={change} />
          <Accordion multiple variant="contained" order={3}>
            <Accordion.Item value="policy">
              <Accordion.Control>{t("webhooks.policy")}</Accordion.Control>
              <Accordion.Panel>
                <PolicyFields form={form} onChange={change} />
              </Accordion.Panel>
            </Accordion.Item>
            <Accordion.Item value="headers">
              <Accordion.Control>{t("webhooks.headers")}</Accordion.Control>
              <Accordion.Panel>
                <HeaderFields form={form} onChange={change} />
              </Accordion.Panel>
            </Accordion.Item>
            <Accordion.Item value="description">
              <Accordion.Control>{t("webhooks.description")}</Accordion.Control>
              <Accordion.Panel>
                <Textarea
                  aria-label={t("webhooks.description")}
                  autosize
                  minRows={2}
                  maxLength={4000}
                  value={form.description}
                  onChange={(event) => change({ description: event.currentTarget.value })}
                />
              </Accordion.Panel>
            </Accordion.Item>
            {!endpoint && form.kind === "webhook" && (
              <Accordion.Item value="verifier">
                <Accordion.Control>{t("webhooks.verifier")}</Accordion.Control>
                <Accordion.Panel>
                  <VerifierSnippet secret="whsec_…" url={form.url.trim()} />
                </Accordion.Panel>
              </Accordion.Item>
            )}
          </Accordion>
          {error && <ErrorPanel error={error} what={t("webhooks.one")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending}>
              {endpoint ? t("common.save") : t("webhooks.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
