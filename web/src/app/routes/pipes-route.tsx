import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PipePage } from "../../features/lrs/pages/pipe-page.tsx";
import { PipesPage } from "../../features/lrs/pages/pipes-page.tsx";
import { useOrganization } from "../../lib/session/use-session.tsx";

const route = getRouteApi("/o/$org/lrs/pipes/$pipeId");

export function PipesRoute() {
  const navigate = useNavigate();
  const { slug } = useOrganization();
  return (
    <PipesPage
      onCreated={(pipeId) => void navigate({ to: "/o/$org/lrs/pipes/$pipeId", params: { org: slug, pipeId } })}
    />
  );
}

export function PipeRoute() {
  const { pipeId } = route.useParams();
  const navigate = useNavigate();
  const { slug } = useOrganization();
  return (
    <PipePage
      key={pipeId}
      id={pipeId}
      onDeleted={() => void navigate({ to: "/o/$org/lrs/pipes", params: { org: slug } })}
    />
  );
}
