import { OverviewActivity } from "../../features/analytics/pages/overview-activity.tsx";
import { ImportButton } from "../../features/imports/components/import-button.tsx";
import { ImportRows } from "../../features/imports/components/import-rows.tsx";
import { OverviewPage } from "../../features/overview/pages/overview-page.tsx";
import { useOpenImport } from "./use-open-import.ts";

export function OverviewRoute() {
  const openImport = useOpenImport();
  return (
    <OverviewPage
      importAction={<ImportButton onStarted={openImport} />}
      imports={<ImportRows />}
      activity={<OverviewActivity />}
    />
  );
}
