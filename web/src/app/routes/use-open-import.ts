import { useNavigate } from "@tanstack/react-router";
import { useOrganization } from "../../lib/session/use-session.tsx";

/** Goes to an import's report. */
export function useOpenImport(): (importId: string) => void {
  const navigate = useNavigate();
  const { slug } = useOrganization();
  return (importId) => void navigate({ to: "/o/$org/imports/$importId", params: { org: slug, importId } });
}
