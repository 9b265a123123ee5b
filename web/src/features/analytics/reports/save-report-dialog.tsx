import type { ReportView } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Button, Group, Modal, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangeReports } from "../api/reports.ts";

/** Keeps a report under a name. */
export function SaveReportDialog(props: {
  readonly report: ReportView;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { save } = useChangeReports();
  const [requestId] = useState(() => crypto.randomUUID());
  const [name, setName] = useState(props.report.name);
  const [shared, setShared] = useState(props.report.shared);
  const submit = async () => {
    const answer = await save.mutateAsync({ requestId, report: { ...props.report, name: name.trim(), shared } });
    props.onSaved(answer.report?.id ?? "");
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("analytics.saveReport")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit().catch(() => undefined);
        }}
      >
        <Stack>
          <Text fz="sm" c="dimmed">
            {props.report.lastDays > 0
              ? t("analytics.saveRolling", { count: props.report.lastDays })
              : t("analytics.saveFixed")}
          </Text>
          <TextInput
            label={t("analytics.reportName")}
            value={name}
            maxLength={200}
            required
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Switch
            label={t("analytics.shareReport")}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          {save.error && <ErrorPanel error={save.error} what={t("analytics.theReport")} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
