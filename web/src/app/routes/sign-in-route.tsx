import { getRouteApi, useRouter } from "@tanstack/react-router";
import { SignInPage } from "../../features/sign-in/sign-in-page.tsx";
import { useSessionState } from "../../lib/session/use-session.tsx";

const route = getRouteApi("/sign-in");

export function SignInRoute() {
  const { to } = route.useSearch();
  const router = useRouter();
  const state = useSessionState();
  // Only an address of this site is followed.
  const target = to?.startsWith("/") && !to.startsWith("//") ? to : "/";
  return (
    <SignInPage
      ended={state.status === "signed-out" && state.ended}
      onSignedIn={() => void router.navigate({ href: target, replace: true })}
    />
  );
}
