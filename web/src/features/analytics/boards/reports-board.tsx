import { Button, Group, MultiSelect, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDeviceFloppy, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../components/panel.tsx";
import { useReports } from "../api/reports.ts";
import { useBoard } from "../board/board-context.ts";
import { DIMENSIONS, isDimension, isMeasure, MEASURES, type ReportDraft, toReport } from "../reports/report-draft.ts";
import { ReportList } from "../reports/report-list.tsx";
import { ReportRows } from "../reports/report-rows.tsx";
import { SaveReportDialog } from "../reports/save-report-dialog.tsx";

const START: ReportDraft = { dimensions: ["course"], measures: ["registrations", "launches", "completion_rate"] };

/** Reports that people put together and keep. */
export function ReportsBoard() {
  const { t } = useTranslation();
  const board = useBoard();
  const { search, change } = board;
  const [draft, setDraft] = useState(START);
  const [saving, dialog] = useDisclosure(false);
  const reports = useReports();
  const kept = reports.data?.reports.find(({ id }) => id === search.report);
  const report = toReport(board, draft);
  return (
    <Stack gap="lg">
      <Panel
        title={t("analytics.keptReports")}
        aside={
          kept && (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} />}
              onClick={() => change({ report: undefined })}
            >
              {t("analytics.newReport")}
            </Button>
          )
        }
      >
        <ReportList
          chosen={search.report ?? ""}
          onChoose={(id) => change({ report: id })}
          onRemoved={(id) => id === search.report && change({ report: undefined })}
        />
      </Panel>
      {kept ? (
        <Panel title={kept.name}>
          {kept.description && <Text mb="sm">{kept.description}</Text>}
          <ReportRows key={kept.id} report={kept} />
        </Panel>
      ) : (
        <Panel
          title={t("analytics.newReport")}
          aside={
            <Button
              leftSection={<IconDeviceFloppy size={16} />}
              disabled={draft.measures.length === 0}
              onClick={dialog.open}
            >
              {t("analytics.saveReport")}
            </Button>
          }
        >
          <Group align="flex-start" mb="md">
            <MultiSelect
              label={t("analytics.rowsAre")}
              flex="1 1 220px"
              value={[...draft.dimensions]}
              data={DIMENSIONS.map((value) => ({ value, label: t(`analytics.dimension_${value}`) }))}
              onChange={(values) => setDraft({ ...draft, dimensions: values.filter(isDimension) })}
            />
            <MultiSelect
              label={t("analytics.columnsAre")}
              flex="2 1 320px"
              value={[...draft.measures]}
              data={MEASURES.map((value) => ({ value, label: t(`analytics.measure_${value}`) }))}
              error={draft.measures.length === 0 ? t("analytics.chooseColumn") : undefined}
              onChange={(values) => setDraft({ ...draft, measures: values.filter(isMeasure) })}
            />
          </Group>
          {draft.measures.length > 0 && <ReportRows report={report} />}
        </Panel>
      )}
      {saving && (
        <SaveReportDialog
          report={report}
          onClose={dialog.close}
          onSaved={(id) => {
            dialog.close();
            change({ report: id || undefined });
          }}
        />
      )}
    </Stack>
  );
}
