import { getRouteApi } from "@tanstack/react-router";
import { ImportPage } from "../../features/imports/pages/import-page.tsx";

const route = getRouteApi("/o/$org/imports/$importId");

export function ImportRoute() {
  const { importId } = route.useParams();
  const { severity } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ImportPage
      key={importId}
      importId={importId}
      severity={severity}
      onSeverity={(next) => void navigate({ search: { severity: next }, replace: true })}
    />
  );
}
