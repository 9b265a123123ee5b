import type { PersonDeletionRow } from "@coursemesh/proto/coursemesh/web/v1/person_deletion_view_pb.ts";
import { Button, Checkbox, Group, Modal, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useChangePersonDeletions } from "../api/person-deletions.ts";
import { agentOfText } from "../statement/agent-text.ts";

const GRACES = ["30", "7", "1", "0"] as const;
const DAY_MS = 86_400_000;

/** Everything about one person: by what identifiers, how far, after which grace; counted first when wanted. */
export function PersonDeletionDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { create } = useChangePersonDeletions();
  const [requestId] = useState(() => crypto.randomUUID());
  const word = t("deletions.confirmWord");
  const form = useForm({
    initialValues: { agents: "", related: true, grace: "7" as (typeof GRACES)[number], typed: "" },
    validate: { agents: (text) => (agentsOf(text) ? null : t("deletions.agentsInvalid")) },
  });
  const confirmed = form.values.typed.trim() === word;
  const start = (dryRun: boolean) => {
    const agents = agentsOf(form.values.agents);
    if (form.validateField("agents").hasError || !agents) return;
    const grace = Number(form.values.grace);
    create.mutate(
      {
        // A list that was counted and then changed is another request.
        requestId: dryRun ? crypto.randomUUID() : requestId,
        agentsJson: agents.map((agent) => JSON.stringify(agent)),
        related: form.values.related,
        dryRun,
        startTime: dryRun || grace === 0 ? 0n : BigInt(Date.now() + grace * DAY_MS),
      },
      {
        onSuccess: (answer: { readonly deletion?: PersonDeletionRow | undefined }) => {
          notifyDone(t(dryRun ? "deletions.counting" : "deletions.accepted", { id: answer.deletion?.id ?? "" }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("deletions.create")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (confirmed) start(false);
        }}
      >
        <Stack>
          <Textarea
            label={t("deletions.agents")}
            description={t("deletions.agentsHint")}
            placeholder={"ana@example.com\nana @ https://lms.example.org"}
            autosize
            minRows={3}
            maxRows={10}
            data-autofocus
            {...form.getInputProps("agents")}
          />
          <Checkbox
            label={t("deletions.related")}
            description={t("deletions.relatedHint")}
            {...form.getInputProps("related", { type: "checkbox" })}
          />
          <Select
            label={t("deletions.grace")}
            description={t("deletions.graceHint")}
            allowDeselect={false}
            data={GRACES.map((value) => ({ value, label: t(`deletions.grace_${value}`) }))}
            {...form.getInputProps("grace")}
          />
          <Text fz="sm">{t("deletions.goes")}</Text>
          <TextInput
            label={t("common.typeToConfirm", { name: word })}
            autoComplete="off"
            {...form.getInputProps("typed")}
          />
          {create.error && <ErrorPanel error={create.error} what={t("deletions.one")} />}
          <Group justify="space-between" gap="xs">
            <Button variant="default" loading={create.isPending} onClick={() => start(true)}>
              {t("deletions.countOnly")}
            </Button>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button
                type="submit"
                color="red.8"
                autoContrast={false}
                {...(confirmed && { c: "white" })}
                loading={create.isPending}
                disabled={!confirmed}
              >
                {t("deletions.verb")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** One agent a line; undefined when a line is none, or there is no line. */
function agentsOf(text: string) {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const agents = lines.flatMap((line) => agentOfText(line) ?? []);
  return lines.length > 0 && agents.length === lines.length ? agents : undefined;
}
