import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDeviceFloppy, IconDownload } from "@tabler/icons-react";
import { type ComponentType, useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyFailed } from "../../../components/notify.ts";
import { PageTitle } from "../../../components/page-title.tsx";
import { TabLink, TabLinks } from "../../../components/tab-links.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useExport } from "../api/reports.ts";
import { type Board, useBoard } from "../board/board-context.ts";
import type { BoardSearch } from "../board/board-search.ts";
import { CompletionBoard } from "../boards/completion-board.tsx";
import { CoursesBoard } from "../boards/courses-board.tsx";
import { CustomersBoard } from "../boards/customers-board.tsx";
import { DifficultyBoard } from "../boards/difficulty-board.tsx";
import { DropOffBoard } from "../boards/drop-off-board.tsx";
import { LearnersBoard } from "../boards/learners-board.tsx";
import { ReachBoard } from "../boards/reach-board.tsx";
import { ReportsBoard } from "../boards/reports-board.tsx";
import { TimeBoard } from "../boards/time-board.tsx";
import { BoardFrame } from "../components/board-frame.tsx";
import { boardExport } from "../export-parameters.ts";
import { BOARD_REPORTS, toReport } from "../reports/report-draft.ts";
import { SaveReportDialog } from "../reports/save-report-dialog.tsx";
import { BOARD_EXPORTS, BOARDS, type BoardName } from "./boards.ts";

const CONTENT: Readonly<Record<BoardName, ComponentType>> = {
  reach: ReachBoard,
  completion: CompletionBoard,
  difficulty: DifficultyBoard,
  "drop-off": DropOffBoard,
  time: TimeBoard,
  courses: CoursesBoard,
  learners: LearnersBoard,
  customers: CustomersBoard,
  reports: ReportsBoard,
};

/** One question a board. */
export function AnalyticsPage(props: {
  readonly name: BoardName;
  readonly search: BoardSearch;
  readonly onSearch: (next: BoardSearch, push: boolean) => void;
  /** Shows a kept report. */
  readonly onReport: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { name, search } = props;
  const Content = CONTENT[name];
  // What a board narrows by itself does not go with it to the next one.
  const { open: _, order: __, q: ___, report: ____, ...kept } = search;
  return (
    <BoardFrame
      search={search}
      onSearch={props.onSearch}
      title={<Title name={name} onReport={props.onReport} />}
      tabs={
        <TabLinks label={t("analytics.boards")}>
          {BOARDS.map((board) => (
            <TabLink
              key={board}
              to="/o/$org/analytics/$board"
              params={{ org: slug, board }}
              search={kept}
              activeOptions={{ includeSearch: false }}
            >
              {t(`analytics.board_${board}`)}
            </TabLink>
          ))}
        </TabLinks>
      }
    >
      <Content key={name} />
    </BoardFrame>
  );
}

function Title({ name, onReport }: { readonly name: BoardName; readonly onReport: (id: string) => void }) {
  const { t } = useTranslation();
  const board = useBoard();
  const [saving, dialog] = useDisclosure(false);
  const draft = BOARD_REPORTS[name];
  return (
    <>
      <PageTitle
        key={name}
        title={t(`analytics.title_${name}`)}
        subtitle={t(`analytics.subtitle_${name}`)}
        actions={
          <>
            <ExportButton name={name} board={board} />
            {draft && (
              <Button variant="default" leftSection={<IconDeviceFloppy size={16} />} onClick={dialog.open}>
                {t("analytics.saveReport")}
              </Button>
            )}
          </>
        }
      />
      {saving && draft && (
        <SaveReportDialog report={toReport(board, draft)} onClose={dialog.close} onSaved={onReport} />
      )}
    </>
  );
}

function ExportButton({ name, board }: { readonly name: BoardName; readonly board: Board }) {
  const { t } = useTranslation();
  const save = useExport();
  const [running, setRunning] = useState(false);
  const file = BOARD_EXPORTS[name];
  if (file === undefined) return null;
  const needsCourse = file === "questions" && !board.search.course;
  const start = async () => {
    setRunning(true);
    const parameters = { ...boardExport(board.question, file), order: board.search.order, query: board.search.q };
    await save(parameters, file).catch((error: unknown) => notifyFailed(t("analytics.exportFailed"), error));
    setRunning(false);
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} />}
      loading={running}
      {...(needsCourse && { "data-disabled": true, "aria-disabled": true, title: t("analytics.exportNeedsCourse") })}
      onClick={() => {
        if (!needsCourse) void start();
      }}
    >
      {t("analytics.export")}
    </Button>
  );
}
