import type { MoveVersion } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Button, Checkbox, Group, Modal, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangeMoves } from "../api/version-moves.ts";
import { GROUPS, ImpactText } from "./impact-text.tsx";
import { SHARES } from "./shares.ts";

/** Which learners go to which version: tried dry first, then started on a share. */
export function MoveDialog(props: {
  readonly courseId: string;
  /** Empty: of all dispatches of the course. */
  readonly dispatchId: string;
  readonly versions: readonly MoveVersion[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { preview, start } = useChangeMoves();
  const [requestId] = useState(() => crypto.randomUUID());
  const current = props.versions.find((version) => version.current) ?? props.versions[0];
  const [toVersionId, setTo] = useState(current?.id ?? "");
  const [fromVersionId, setFrom] = useState("");
  const [groups, setGroups] = useState<string[]>(["not_started", "incomplete"]);
  const [restart, setRestart] = useState(false);
  const [share, setShare] = useState<number>(SHARES[0]);
  const plan = {
    ...{ toVersionId, fromVersionId, groups, restart },
    courseId: props.courseId,
    dispatchIds: props.dispatchId ? [props.dispatchId] : [],
  };
  // A dry run is only good for what it was made of.
  const change = (apply: () => void) => {
    apply();
    preview.reset();
    start.reset();
  };
  const label = ({ number, current: isCurrent }: MoveVersion) =>
    t(isCurrent ? "dispatchResults.versionCurrent" : "dispatchResults.version", { number });
  const impact = preview.data?.impact;
  const error = preview.error ?? start.error;
  const any = impact !== undefined && impact.registrationCount > 0n;
  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={t("dispatchResults.moveLearners")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Group grow align="flex-start">
          <Select
            label={t("dispatchResults.toVersion")}
            allowDeselect={false}
            data={props.versions.map((version) => ({ value: version.id, label: label(version) }))}
            value={toVersionId}
            onChange={(id) => change(() => setTo(id ?? ""))}
          />
          <Select
            label={t("dispatchResults.fromVersion")}
            placeholder={t("dispatchResults.anyOther")}
            clearable
            data={props.versions
              .filter(({ id }) => id !== toVersionId)
              .map((version) => ({ value: version.id, label: label(version) }))}
            value={fromVersionId || null}
            onChange={(id) => change(() => setFrom(id ?? ""))}
          />
        </Group>
        <Checkbox.Group
          label={t("dispatchResults.groups")}
          value={groups}
          onChange={(value) => change(() => setGroups(value))}
        >
          <Group gap="md" mt={6}>
            {GROUPS.map((group) => (
              <Checkbox key={group} value={group} label={t(`dispatchResults.group_${group}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Checkbox
          label={t("dispatchResults.restart")}
          description={t("dispatchResults.restartHint")}
          checked={restart}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            change(() => setRestart(checked));
          }}
        />
        {impact && <ImpactText impact={impact} />}
        {any && (
          <Stack gap={4}>
            <Text fz="sm" fw={500} id="move-share">
              {t("dispatchResults.share")}
            </Text>
            <SegmentedControl
              aria-labelledby="move-share"
              value={String(share)}
              data={SHARES.map((value) => ({ value: String(value), label: `${value}%` }))}
              onChange={(value) => setShare(Number(value))}
            />
            <Text fz="xs" c="dimmed">
              {t("dispatchResults.shareHint")}
            </Text>
          </Stack>
        )}
        {error && <ErrorPanel error={error} what={t("dispatchResults.thisMove")} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            variant={any ? "default" : "filled"}
            loading={preview.isPending}
            disabled={groups.length === 0 || toVersionId === ""}
            onClick={() => preview.mutate({ plan })}
          >
            {t("dispatchResults.dryRun")}
          </Button>
          {any && (
            <Button
              loading={start.isPending}
              onClick={() => start.mutate({ requestId, plan, sharePercent: share }, { onSuccess: props.onClose })}
            >
              {t("dispatchResults.startMove", { share })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
