import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { BoardSearch } from "../../features/analytics/board/board-search.ts";

/** Puts other search parameters into the address of the page that is open. */
export function useBoardSearch(): (next: BoardSearch, push: boolean) => void {
  const navigate = useNavigate();
  return useCallback(
    (next, push) => void navigate({ to: ".", search: next, replace: !push, resetScroll: false }),
    [navigate],
  );
}
