import { getRouteApi } from "@tanstack/react-router";
import { StatementsPage } from "../../features/lrs/pages/statements-page.tsx";

const route = getRouteApi("/o/$org/lrs");

export function StatementsRoute() {
  const { live, statement, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <StatementsPage
      filters={filters}
      onFilters={(next) => void navigate({ search: { ...next, live }, replace: true })}
      onChange={(change) =>
        void navigate({ search: (present) => ({ ...present, ...change }), replace: true, resetScroll: false })
      }
      live={live ?? false}
      onLive={(next) =>
        void navigate({ search: (present) => ({ ...present, live: next || undefined }), replace: true })
      }
      open={statement ?? ""}
      onOpen={(id) =>
        void navigate({ search: (present) => ({ ...present, statement: id || undefined }), resetScroll: false })
      }
    />
  );
}
