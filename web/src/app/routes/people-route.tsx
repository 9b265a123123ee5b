import { getRouteApi } from "@tanstack/react-router";
import { LearnersPage } from "../../features/people/pages/learners-page.tsx";
import { MembersPage } from "../../features/people/pages/members-page.tsx";
import { PeopleLayout } from "../../features/people/pages/people-layout.tsx";

const learnersRoute = getRouteApi("/o/$org/people");
const membersRoute = getRouteApi("/o/$org/people/members");

export function LearnersRoute() {
  const { q } = learnersRoute.useSearch();
  const navigate = learnersRoute.useNavigate();
  return (
    <PeopleLayout>
      <LearnersPage
        q={q ?? ""}
        onQuery={(next) => void navigate({ search: { q: next || undefined }, replace: true })}
      />
    </PeopleLayout>
  );
}

export function MembersRoute() {
  const { q } = membersRoute.useSearch();
  const navigate = membersRoute.useNavigate();
  return (
    <PeopleLayout>
      <MembersPage q={q ?? ""} onQuery={(next) => void navigate({ search: { q: next || undefined }, replace: true })} />
    </PeopleLayout>
  );
}
