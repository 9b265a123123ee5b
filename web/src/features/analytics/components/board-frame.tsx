import { Button, Drawer, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFilter } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { zoneName } from "../../../lib/format/time.ts";
import { usePhone } from "../../../lib/use-phone.ts";
import { useToday } from "../api/today.ts";
import { BoardProvider } from "../board/board-context.ts";
import { activeFilters, type BoardSearch } from "../board/board-search.ts";
import { useBoardState } from "../board/use-board-state.ts";
import classes from "./board.module.css";
import { BoardFilters, RangeControls, RangeText, ZoneControls } from "./board-controls.tsx";
import { FigureDrawer } from "./figure-drawer.tsx";
import { LiveStrip } from "./live-strip.tsx";

/** Heading, controls and live figures around the cards of a board, and the drawer of a number that was opened. */
export function BoardFrame(props: {
  readonly search: BoardSearch;
  readonly onSearch: (next: BoardSearch, push: boolean) => void;
  readonly title?: ReactNode;
  readonly tabs?: ReactNode;
  /** The course is the page's own. */
  readonly fixedCourse?: boolean;
  /** The page is about this learner: there is nothing to filter. */
  readonly learner?: string;
  readonly children: ReactNode;
}) {
  const { search, fixedCourse = false, learner } = props;
  const withFilters = learner === undefined;
  const phone = usePhone();
  const board = useBoardState(search, props.onSearch, learner);
  const today = useToday(search, zoneName(board.zone), board.range.end === 0);
  return (
    <BoardProvider value={board}>
      {props.title}
      {props.tabs}
      <Controls fixedCourse={fixedCourse} withFilters={withFilters} filters={activeFilters(search)} />
      <RangeText>
        {!phone && <ZoneControls />}
        {withFilters && (
          <span className={classes.atEnd}>
            <LiveStrip today={today} onOpen={() => board.open({ kind: "open" })} />
          </span>
        )}
      </RangeText>
      {props.children}
      {search.open && <FigureDrawer key={JSON.stringify(search.open)} figure={search.open} />}
    </BoardProvider>
  );
}

function Controls(props: { readonly fixedCourse: boolean; readonly withFilters: boolean; readonly filters: number }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [open, sheet] = useDisclosure(false);
  const filters = props.withFilters && <BoardFilters fixed={props.fixedCourse} />;
  if (!phone)
    return (
      <div className={classes.controls}>
        <RangeControls />
        {filters}
      </div>
    );
  return (
    <div className={classes.controls}>
      <Button variant="default" size="sm" fullWidth leftSection={<IconFilter size={16} />} onClick={sheet.open}>
        {props.filters > 0 ? t("list.filtersActive", { count: props.filters }) : t("analytics.rangeAndFilters")}
      </Button>
      <Drawer
        opened={open}
        onClose={sheet.close}
        position="bottom"
        size="auto"
        title={t("analytics.rangeAndFilters")}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Stack>
          <RangeControls />
          <ZoneControls />
          {filters}
          <Button size="md" onClick={sheet.close}>
            {t("list.showResults")}
          </Button>
        </Stack>
      </Drawer>
    </div>
  );
}
