import type { BoardSummary } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Group, Paper, Text, Title } from "@mantine/core";
import { IconArrowDown, IconArrowRight, IconArrowUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TimeText } from "../../../components/time-text.tsx";
import { useBoard } from "../board/board-context.ts";
import type { OpenFigure } from "../board/board-search.ts";
import { changeOf } from "../time-points.ts";
import { useFormats } from "../use-formats.ts";
import classes from "./board.module.css";

/** The number a card answers its question with. */
export interface Headline {
  readonly value: number | undefined;
  readonly before?: number | undefined;
  readonly kind: "amount" | "share";
  readonly format: (value: number) => string;
  /** What it is of: "of 240 registrations". */
  readonly of: string;
  readonly opens?: OpenFigure | undefined;
}

/** One question, its number with the change against the period before, and what stands behind it. */
export function BoardCard(props: {
  readonly question: string;
  readonly headline?: Headline | undefined;
  readonly summary: BoardSummary | undefined;
  readonly note?: ReactNode;
  readonly wide?: boolean;
  /** What has to happen before there is something to show; the content is left out then. */
  readonly needs?: string | undefined;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { question, headline, summary, note, needs } = props;
  return (
    <Paper component="section" aria-label={question} className={classes.card} data-wide={props.wide}>
      <Title order={2} className={classes.question}>
        {question}
      </Title>
      {headline && <HeadlineText headline={headline} question={question} />}
      <div className={classes.content}>
        {needs ? (
          <div className={classes.needs}>
            <Text fz="sm" c="dimmed" maw="44ch" ta="center">
              {needs}
            </Text>
          </div>
        ) : (
          props.children
        )}
      </div>
      <Group gap={6} className={classes.foot}>
        {note && <span>{note}</span>}
        {summary && (
          <span className={classes.asOf}>
            {t("analytics.asOf")} <TimeText time={summary.asOf} />
          </span>
        )}
      </Group>
    </Paper>
  );
}

function HeadlineText({ headline, question }: { readonly headline: Headline; readonly question: string }) {
  const { t } = useTranslation();
  const board = useBoard();
  const { value, format, of, opens } = headline;
  const text = value === undefined ? "—" : format(value);
  return (
    <div className={classes.headline}>
      {opens && value !== undefined ? (
        <button
          type="button"
          className={classes.number}
          aria-label={t("analytics.openNumber", { question, value: text })}
          onClick={() => board.open(opens)}
        >
          {text}
        </button>
      ) : (
        <span className={classes.number}>{text}</span>
      )}
      <span className={classes.of}>{of}</span>
      <Change headline={headline} />
    </div>
  );
}

const ARROWS = { up: IconArrowUp, down: IconArrowDown, same: IconArrowRight } as const;

/** More is not better everywhere, so a change has a direction and no colour. */
function Change({ headline: { value, before, kind, format } }: { readonly headline: Headline }) {
  const { t, i18n } = useTranslation();
  const { search, range } = useBoard();
  const { percent } = useFormats();
  if (search.alone || before === undefined || value === undefined) return null;
  const found = changeOf(value, before, kind);
  const Arrow = ARROWS[found?.direction ?? "same"];
  const points = (change: number) =>
    t("analytics.points", {
      points: (change * 100).toLocaleString(i18n.language, { maximumFractionDigits: 1, signDisplay: "exceptZero" }),
    });
  const text =
    found === undefined
      ? t("analytics.noneBefore")
      : kind === "share"
        ? points(found.change)
        : `${found.change > 0 ? "+" : ""}${percent(found.change)}`;
  return (
    <span className={classes.change}>
      {found && <Arrow size={14} stroke={2.2} aria-hidden="true" />}
      <b>{text}</b> {found && <span>{t("analytics.against", { count: range.days, before: format(before) })}</span>}
    </span>
  );
}
