import type { MoveVersion, VersionMoveView } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Progress, Stack, Text } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { notifyFailed } from "../../../components/notify.ts";
import { Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useChangeMoves, useVersionMoves } from "../api/version-moves.ts";
import { MoveState } from "../components/words.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { SHARES } from "./shares.ts";

/** Learners in customers' LMSs who are under way: what a new version means for them, and moves so far. */
export function VersionMoves({ courseId, dispatchId }: { readonly courseId: string; readonly dispatchId?: string }) {
  const { t } = useTranslation();
  const query = useVersionMoves(courseId);
  const [planning, setPlanning] = useState(false);
  const { data } = query;
  if (data && data.dispatchCount === 0n) return null;
  const open = data?.moves.some(({ state }) => state === "running" || state === "waiting") ?? false;
  return (
    <Panel
      title={t("dispatchResults.moves")}
      aside={
        <GuardedButton
          scope="dispatch:write"
          variant="default"
          leftSection={<IconArrowsExchange size={16} />}
          disabled={!data || open || data.versions.length < 2}
          onClick={() => setPlanning(true)}
        >
          {t("dispatchResults.moveLearners")}
        </GuardedButton>
      }
    >
      <Text fz="sm" c="dimmed" mb="sm" maw="72ch">
        {t(data && data.versions.length < 2 ? "dispatchResults.movesOneVersion" : "dispatchResults.movesIntro")}
      </Text>
      {query.error && (
        <ErrorPanel error={query.error} what={t("dispatchResults.moves")} onRetry={() => query.refetch()} />
      )}
      {!data && !query.error && <SkeletonLines lines={2} />}
      <Stack gap="sm">
        {data?.moves.map((move) => (
          <Move key={move.id} move={move} versions={data.versions} />
        ))}
      </Stack>
      {planning && data && (
        <MoveDialog
          courseId={courseId}
          dispatchId={dispatchId ?? ""}
          versions={data.versions}
          onClose={() => setPlanning(false)}
        />
      )}
    </Panel>
  );
}

function Move({ move, versions }: { readonly move: VersionMoveView; readonly versions: readonly MoveVersion[] }) {
  const { t, i18n } = useTranslation();
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  const version = (id: string | undefined) => versions.find((one) => one.id === id)?.number ?? 0;
  const all = move.impact?.registrationCount ?? 0n;
  const share = all === 0n ? 0 : (Number(move.movedCount) / Number(all)) * 100;
  const reverted = move.state === "reverted";
  return (
    <Stack
      gap={6}
      component="section"
      aria-label={t("dispatchResults.moveTo", { version: version(move.plan?.toVersionId) })}
    >
      <Group justify="space-between" gap="xs">
        <Group gap="md">
          <Text fw={500}>{t("dispatchResults.moveTo", { version: version(move.plan?.toVersionId) })}</Text>
          <MoveState state={move.state} />
        </Group>
        <Text fz="xs" c="dimmed" component="div">
          {move.createdBy} · <TimeText time={move.createTime} />
        </Text>
      </Group>
      <Progress value={reverted ? 0 : share} aria-label={t("dispatchResults.moved")} size="sm" />
      <Group justify="space-between" gap="xs">
        <Text fz="sm" role="status">
          {t("dispatchResults.movedOf", { moved: number(move.movedCount), all: number(all), share: move.sharePercent })}
          {move.revertedCount > 0n && ` ${t("dispatchResults.backCount", { count: Number(move.revertedCount) })}`}
        </Text>
        <MoveActions move={move} />
      </Group>
    </Stack>
  );
}

function MoveActions({ move }: { readonly move: VersionMoveView }) {
  const { t } = useTranslation();
  const { widen, revert } = useChangeMoves();
  const [returning, setReturning] = useState(false);
  const { id, state } = move;
  if (state === "reverted") return null;
  const wider = SHARES.filter((share) => share > move.sharePercent);
  return (
    <Group gap={6}>
      {state === "waiting" &&
        wider.map((sharePercent) => (
          <GuardedButton
            key={sharePercent}
            scope="dispatch:write"
            variant="default"
            size="compact-sm"
            loading={widen.isPending && widen.variables?.sharePercent === sharePercent}
            onClick={() =>
              widen.mutate(
                { id, sharePercent },
                { onError: (error) => notifyFailed(t("dispatchResults.notChanged"), error) },
              )
            }
          >
            {t("dispatchResults.widenTo", { share: sharePercent })}
          </GuardedButton>
        ))}
      <GuardedButton scope="dispatch:write" variant="default" size="compact-sm" onClick={() => setReturning(true)}>
        {t("dispatchResults.goBack")}
      </GuardedButton>
      {returning && (
        <ConfirmDialog
          title={t("dispatchResults.goBackTitle")}
          verb={t("dispatchResults.goBack")}
          failure={t("dispatchResults.thisMove")}
          onClose={() => setReturning(false)}
          onConfirm={() => revert.mutateAsync({ id })}
        >
          {t("dispatchResults.goBackText", { count: Number(move.movedCount) })}
        </ConfirmDialog>
      )}
    </Group>
  );
}
