import type { ReplayRegistrationResponse, StepRow } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Anchor, Code, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../../components/copy-button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { ChangeList } from "./change-list.tsx";
import type { Names } from "./names.ts";
import classes from "./why.module.css";

/** Whether a replay came to the same, with the hashes of both; or where it first differs. */
export function ReplayVerdict(props: {
  readonly answer: ReplayRegistrationResponse;
  readonly registrationId: string;
  readonly steps: readonly StepRow[];
  readonly names: Names;
  readonly onAt: (position: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { identical, journal, sequencing } = props.answer;
  const Icon = identical ? IconCircleCheck : IconAlertTriangle;
  const differing = props.steps.find(({ id }) => id === sequencing?.firstDifferenceStepId);
  const command = `npm run replay -- ${props.registrationId}`;
  return (
    <Notice
      kind={identical ? "passed" : "failed"}
      role={identical ? "status" : "alert"}
      icon={<Icon size={18} />}
      title={identical ? t("replay.identical") : t("replay.different")}
      withCloseButton
      closeButtonLabel={t("common.close")}
      onClose={props.onClose}
    >
      <Stack gap="xs">
        <Text fz="sm">{identical ? t("replay.identicalText") : t("replay.differentText")}</Text>
        {journal && <Hashes what={t("replay.journal")} stored={journal.storedHash} replayed={journal.replayedHash} />}
        {journal && journal.differenceCount > 0 && (
          <Text fz="sm">
            {t("replay.differences", { count: journal.differenceCount })} {t("replay.firstDifference")}:{" "}
            <Anchor
              component="button"
              type="button"
              fz="sm"
              onClick={() => props.onAt(`${journal.launchId}:${journal.seq}`)}
            >
              {t("journal.showState", { seq: journal.seq })}
            </Anchor>{" "}
            {t("replay.expected", { result: journal.expectedResult, error: journal.expectedError || "0" })}
          </Text>
        )}
        {sequencing && (
          <Hashes
            what={t("replay.sequencing", { count: sequencing.stepsReplayed })}
            stored={sequencing.storedHash}
            replayed={sequencing.replayedHash}
          />
        )}
        {sequencing && differing && (
          <div>
            <Text fz="sm" fw={600}>
              {t("replay.firstDifference")}:{" "}
              <Anchor
                component="button"
                type="button"
                fz="sm"
                onClick={() => props.onAt(`${differing.launchId}:${differing.seq}`)}
              >
                {t("why.stepOf", { number: differing.number, count: props.steps.length })}
              </Anchor>
            </Text>
            <ChangeList changes={sequencing.differences} names={props.names} />
          </div>
        )}
        <Group gap={4}>
          <Text fz="xs" c="dimmed">
            {t("replay.command")}
          </Text>
          <Code className={classes.hash ?? ""}>{command}</Code>
          <CopyButton value={command} label={t("common.copyCommand")} />
        </Group>
      </Stack>
    </Notice>
  );
}

function Hashes(props: { readonly what: string; readonly stored: string; readonly replayed: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.hashes}>
      <Text fz="sm" fw={500}>
        {props.what}
      </Text>
      {(["stored", "replayed"] as const).map((side) => (
        <Group key={side} gap={4} wrap="nowrap">
          <Text fz="xs" c="dimmed" miw={84}>
            {t(`replay.${side}`)}
          </Text>
          <code title={props[side]} className={classes.hash}>
            {props[side]}
          </code>
          <CopyButton value={props[side]} label={t("replay.copyHash")} />
        </Group>
      ))}
    </div>
  );
}
