import type { SeatRow, TermsView } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { DataTable } from "../../../components/data-table.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useChangeLicences } from "../api/licences.ts";

/** Who sits where; a seat can be freed, with or without ending the learner's access. */
export function SeatsPanel(props: {
  readonly dispatchId: string;
  readonly seats: readonly SeatRow[];
  readonly total: bigint;
  readonly terms: TermsView | undefined;
}) {
  const { t, i18n } = useTranslation();
  const { release } = useChangeLicences();
  const mayWrite = useCan("dispatch:write");
  const [asked, setAsked] = useState<{ readonly seat: SeatRow; readonly revoke: boolean }>();
  const limit = props.terms?.seatLimit ?? 0;
  const total = props.total.toLocaleString(i18n.language);
  const actions = (seat: SeatRow) =>
    mayWrite && (
      <Group gap={6} wrap="nowrap">
        {([false, true] as const).map((revoke) => (
          <Button
            key={String(revoke)}
            size="compact-sm"
            variant="default"
            aria-label={t("dispatch.actionOf", {
              action: t(revoke ? "dispatch.revokeSeat" : "dispatch.freeSeat"),
              name: seat.learnerId,
            })}
            onClick={() => setAsked({ seat, revoke })}
          >
            {t(revoke ? "dispatch.revokeSeat" : "dispatch.freeSeat")}
          </Button>
        ))}
      </Group>
    );
  return (
    <Panel
      title={t("dispatch.seats")}
      aside={
        <Text fz="sm" c="dimmed">
          {limit > 0
            ? t("dispatch.seatsOf", { total, limit: limit.toLocaleString(i18n.language) })
            : t("dispatch.seatsOpen", { total })}
        </Text>
      }
    >
      {props.seats.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t("dispatch.noSeats")}
        </Text>
      ) : (
        <DataTable
          label={t("dispatch.listOf", { name: t("dispatch.seats") })}
          rows={props.seats}
          rowKey={({ id }) => id}
          card={(seat) => (
            <Stack gap={4}>
              <Text fz="sm" fw={500}>
                {seat.learnerId || "—"}
              </Text>
              {actions(seat)}
            </Stack>
          )}
          columns={[
            { key: "learner", header: t("dispatch.learner"), cell: ({ learnerId }) => learnerId || "—" },
            {
              key: "since",
              header: t("dispatch.seatSince"),
              cell: ({ takeTime }) => <TimeText time={takeTime} />,
            },
            { key: "use", header: t("dispatch.lastUse"), cell: ({ lastUseTime }) => <TimeText time={lastUseTime} /> },
            {
              key: "free",
              header: t("dispatch.freeAt"),
              cell: ({ freeTime }) => (freeTime > 0n ? <TimeText time={freeTime} absolute /> : t("dispatch.never")),
            },
            { key: "actions", header: t("common.actions"), cell: actions },
          ]}
        />
      )}
      {asked && (
        <ConfirmDialog
          title={t(asked.revoke ? "dispatch.revokeSeatTitle" : "dispatch.freeSeatTitle", {
            name: asked.seat.learnerId,
          })}
          verb={t(asked.revoke ? "dispatch.revokeSeat" : "dispatch.freeSeat")}
          failure={t("dispatch.theSeat")}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await release.mutateAsync({
              dispatchId: props.dispatchId,
              seatId: asked.seat.id,
              revoke: asked.revoke,
            });
            notifyDone(t("dispatch.seatFreed"));
          }}
        >
          {t(asked.revoke ? "dispatch.revokeSeatText" : "dispatch.freeSeatText")}
        </ConfirmDialog>
      )}
    </Panel>
  );
}
