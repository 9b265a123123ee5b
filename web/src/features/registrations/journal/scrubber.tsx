import { ActionIcon, Group, Text, Tooltip } from "@mantine/core";
import {
  IconChevronLeft,
  IconChevronRight,
  IconChevronsLeft,
  IconChevronsRight,
  type Icon as TablerIcon,
} from "@tabler/icons-react";
import { type KeyboardEvent, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../../../lib/preferences.ts";
import { nextChange } from "./call-list.ts";
import classes from "./journal.module.css";

/** What a scrubber calls its parts. */
export interface ScrubberWords {
  readonly slider: string;
  readonly previous: string;
  readonly next: string;
}

/** Goes through moments: slider, buttons, ←/→ for one of them and, where `changes` says which matter, Shift+←/→ for the next of those. */
export function Scrubber(props: {
  readonly count: number;
  readonly index: number;
  readonly changes?: readonly boolean[];
  readonly words: ScrubberWords;
  readonly describe: string;
  readonly onIndex: (index: number) => void;
}) {
  const { t, i18n } = useTranslation();
  const { shortcuts } = usePreferences();
  const { count, index, changes, words, onIndex } = props;
  const step = (direction: 1 | -1, toChange: boolean) =>
    onIndex(
      toChange && changes ? nextChange(changes, index, direction) : Math.min(count - 1, Math.max(0, index + direction)),
    );
  const onKey = (event: KeyboardEvent | globalThis.KeyboardEvent) => {
    const direction = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : undefined;
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(direction, event.shiftKey);
  };
  useEffect(() => {
    if (!shortcuts) return;
    const listen = (event: globalThis.KeyboardEvent) => {
      if (
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, [role=dialog], [role=menu], [role=radiogroup]")
      )
        return;
      onKey(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  });
  return (
    <Group gap={4} wrap="nowrap">
      {changes && (
        <Step
          label={t("journal.previousChange")}
          hint="Shift ←"
          Icon={IconChevronsLeft}
          disabled={index <= 0}
          onClick={() => step(-1, true)}
        />
      )}
      <Step
        label={words.previous}
        hint="←"
        Icon={IconChevronLeft}
        disabled={index <= 0}
        onClick={() => step(-1, false)}
      />
      <input
        type="range"
        className={classes.slider}
        min={1}
        max={Math.max(1, count)}
        value={index + 1}
        aria-label={words.slider}
        aria-valuetext={props.describe}
        onChange={(event) => onIndex(Number(event.currentTarget.value) - 1)}
        onKeyDown={onKey}
      />
      <Step
        label={words.next}
        hint="→"
        Icon={IconChevronRight}
        disabled={index >= count - 1}
        onClick={() => step(1, false)}
      />
      {changes && (
        <Step
          label={t("journal.nextChange")}
          hint="Shift →"
          Icon={IconChevronsRight}
          disabled={index >= count - 1}
          onClick={() => step(1, true)}
        />
      )}
      <Text fz="sm" miw={64} ta="end" style={{ whiteSpace: "nowrap" }}>
        {(index + 1).toLocaleString(i18n.language)} / {count.toLocaleString(i18n.language)}
      </Text>
    </Group>
  );
}

function Step(props: {
  readonly label: string;
  readonly hint: string;
  readonly Icon: TablerIcon;
  readonly disabled: boolean;
  readonly onClick: () => void;
}) {
  return (
    <Tooltip label={`${props.label} (${props.hint})`}>
      <ActionIcon variant="default" aria-label={props.label} disabled={props.disabled} onClick={props.onClick}>
        <props.Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
