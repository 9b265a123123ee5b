import { getRouteApi } from "@tanstack/react-router";
import { EventTypesPage } from "../../features/events/pages/event-types-page.tsx";
import { EventsPage } from "../../features/events/pages/events-page.tsx";
import { plain } from "./plain-search.ts";

const log = getRouteApi("/o/$org/events");
const types = getRouteApi("/o/$org/events/types");

export function EventsRoute() {
  const { live, event, ...filters } = log.useSearch();
  const navigate = log.useNavigate();
  return (
    <EventsPage
      filters={filters}
      onChange={(change) =>
        void navigate({ search: (present) => ({ ...present, ...plain(change) }), replace: true, resetScroll: false })
      }
      onClear={() => void navigate({ search: { live }, replace: true })}
      live={live ?? false}
      onLive={(next) =>
        void navigate({ search: (present) => ({ ...present, live: next || undefined }), replace: true })
      }
      open={event ?? ""}
      onOpen={(id) =>
        void navigate({ search: (present) => ({ ...present, event: id || undefined }), resetScroll: false })
      }
    />
  );
}

export function EventTypesRoute() {
  const { q } = types.useSearch();
  const navigate = types.useNavigate();
  return (
    <EventTypesPage
      q={q ?? ""}
      onQuery={(next) => void navigate({ search: { q: next || undefined }, replace: true })}
    />
  );
}
