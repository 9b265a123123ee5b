import { getRouteApi } from "@tanstack/react-router";
import { ReplayPage } from "../../features/webhooks/pages/replay-page.tsx";
import { ReplaysPage } from "../../features/webhooks/pages/replays-page.tsx";
import { useOrganization } from "../../lib/session/use-session.tsx";

const list = getRouteApi("/o/$org/webhooks/replays");
const one = getRouteApi("/o/$org/webhooks/replays/$replayId");

export function ReplaysRoute() {
  const { endpoint, create } = list.useSearch();
  const navigate = list.useNavigate();
  const { slug } = useOrganization();
  return (
    <ReplaysPage
      endpoint={endpoint ?? ""}
      onEndpoint={(id) => void navigate({ search: { endpoint: id || undefined }, replace: true })}
      creating={create ?? false}
      onCreating={(creating) =>
        void navigate({ search: { endpoint, create: creating || undefined }, replace: true, resetScroll: false })
      }
      onCreated={(replayId) =>
        void navigate({ to: "/o/$org/webhooks/replays/$replayId", params: { org: slug, replayId } })
      }
    />
  );
}

export function ReplayRoute() {
  const { replayId } = one.useParams();
  return <ReplayPage key={replayId} id={replayId} />;
}
