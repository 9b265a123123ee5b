import { getRouteApi } from "@tanstack/react-router";
import { LearnerPage } from "../../features/analytics/pages/learner-page.tsx";
import { useBoardSearch } from "./use-board-search.ts";

const route = getRouteApi("/o/$org/people/$learnerId");

export function LearnerRoute() {
  const { learnerId } = route.useParams();
  return <LearnerPage key={learnerId} learnerId={learnerId} search={route.useSearch()} onSearch={useBoardSearch()} />;
}
