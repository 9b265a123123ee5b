import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSession, useSessionState } from "../../lib/session/use-session.tsx";
import { Shell } from "../shell/shell.tsx";
import { NotFoundScreen } from "./not-found-page.tsx";

const route = getRouteApi("/o/$org");

/** The shell, in the organization the address names. Leaves for the sign-in page when the session ends. */
export function OrganizationRoute() {
  const { org } = route.useParams();
  const state = useSessionState();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const href = useRouterState({ select: (router) => router.location.href });
  const signedIn = state.status === "signed-in" ? state.viewer : undefined;
  const wanted = signedIn?.organizations.find((organization) => organization.slug === org);
  const elsewhere = wanted !== undefined && wanted.id !== signedIn?.organization?.id;
  useEffect(() => {
    if (state.status !== "signed-out") return;
    client.clear();
    void navigate({ to: "/sign-in", search: state.ended ? { to: href } : {} });
  }, [state, client, navigate, href]);
  useEffect(() => {
    // An address of another organization of the same person: go there, then draw. What is drawn by then asks again.
    if (elsewhere) void session.switchOrganization(wanted.id).then(() => client.resetQueries());
  }, [elsewhere, wanted, session, client]);
  if (!signedIn || elsewhere) return null;
  if (!wanted && org !== "-") return <NotFoundScreen />;
  return <Shell />;
}
