import type { Viewer } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Session, SessionState } from "./session.ts";

const SessionContext = createContext<Session | undefined>(undefined);

export const SessionProvider = SessionContext.Provider;

/** The session of this page. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("no session around this component");
  return session;
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.state);
}

/** Who is signed in; only for components inside the shell, which is not drawn otherwise. */
export function useViewer(): Viewer {
  const state = useSessionState();
  if (state.status !== "signed-in") throw new Error("nobody is signed in");
  return state.viewer;
}

/** The organization of the page, in the form links need. */
export function useOrganization(): {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: string;
} {
  const viewer = useViewer();
  const organization = viewer.organization;
  return {
    id: organization?.id ?? "",
    slug: organization?.slug ?? "-",
    name: organization?.name ?? "",
    role: organization?.role ?? "",
  };
}

/** True when the viewer holds a scope such as `course:write`. The server decides; this only keeps useless buttons away. */
export function useCan(scope: string): boolean {
  const viewer = useViewer();
  return viewer.platformAdministrator || viewer.scopes.includes(scope);
}
