import { getRouteApi } from "@tanstack/react-router";
import { AnalyticsPage } from "../../features/analytics/pages/analytics-page.tsx";
import { isBoard } from "../../features/analytics/pages/boards.ts";
import { NotFoundPage } from "./not-found-page.tsx";
import { useBoardSearch } from "./use-board-search.ts";

const route = getRouteApi("/o/$org/analytics/$board");

export function AnalyticsRoute() {
  const { org, board } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const onSearch = useBoardSearch();
  if (!isBoard(board)) return <NotFoundPage />;
  return (
    <AnalyticsPage
      name={board}
      search={search}
      onSearch={onSearch}
      onReport={(report) =>
        void navigate({ to: "/o/$org/analytics/$board", params: { org, board: "reports" }, search: { report } })
      }
    />
  );
}
