import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import type { Session } from "../lib/session/session.ts";
import { NotFoundPage, NotFoundScreen } from "./routes/not-found-page.tsx";
import { OrganizationRoute } from "./routes/organization-route.tsx";

/** Above every page. */
export const root = createRootRouteWithContext<{ session: Session }>()({
  component: Outlet,
  notFoundComponent: NotFoundScreen,
});

/** Lets signed-in people through and sends the others to the sign-in page, which brings them back. */
export async function requireSession({
  context,
  location,
}: {
  context: { session: Session };
  location: { href: string };
}) {
  const state = await context.session.start();
  if (state.status !== "signed-in") throw redirect({ to: "/sign-in", search: { to: location.href } });
  return state.viewer;
}

/** Pages of one organization, for people who are signed in. */
export const organization = createRoute({
  getParentRoute: () => root,
  path: "/o/$org",
  beforeLoad: async (options) => {
    await requireSession(options);
  },
  component: OrganizationRoute,
  notFoundComponent: NotFoundPage,
});
