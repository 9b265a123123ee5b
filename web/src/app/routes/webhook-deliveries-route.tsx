import { getRouteApi } from "@tanstack/react-router";
import type { DeliveryFilters } from "../../features/webhooks/delivery/delivery-filters.ts";
import { DeliveriesPage } from "../../features/webhooks/pages/deliveries-page.tsx";
import { DeliveryPage } from "../../features/webhooks/pages/delivery-page.tsx";
import { plain } from "./plain-search.ts";

const list = getRouteApi("/o/$org/webhooks/deliveries");
const one = getRouteApi("/o/$org/webhooks/deliveries/$deliveryId");

export function DeliveriesRoute() {
  const filters = list.useSearch();
  const navigate = list.useNavigate();
  const change = (part: DeliveryFilters) =>
    void navigate({ search: (present) => ({ ...present, ...plain(part) }), replace: true, resetScroll: false });
  return (
    <DeliveriesPage filters={filters} onChange={change} onClear={() => void navigate({ search: {}, replace: true })} />
  );
}

export function DeliveryRoute() {
  const { deliveryId } = one.useParams();
  return <DeliveryPage key={deliveryId} id={deliveryId} />;
}
