import { useMemo } from "react";
import { usePreferences } from "../../../lib/preferences.ts";
import { useClock } from "../use-clock.ts";
import type { Board } from "./board-context.ts";
import { type BoardSearch, readRange, toBoardQuestion } from "./board-search.ts";

/**
 * A board of what is in the address.
 * @param onSearch takes other parameters; a figure that opens makes an entry in the history.
 * @param learner whom every figure is narrowed to.
 */
export function useBoardState(
  search: BoardSearch,
  onSearch: (next: BoardSearch, push: boolean) => void,
  learner?: string,
): Board {
  const { zone } = usePreferences();
  const now = useClock();
  return useMemo(() => {
    const range = readRange(search, zone, now);
    return {
      ...{ search, range, zone },
      question: toBoardQuestion(search, range, zone),
      change: (change) => onSearch({ ...search, ...change }, false),
      open: (figure) => onSearch({ ...search, open: { ...(learner && { learner }), ...figure } }, true),
    };
  }, [search, onSearch, zone, now, learner]);
}
