import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyFailed } from "../../../components/notify.ts";
import { zoneName } from "../../../lib/format/time.ts";
import { usePreferences } from "../../../lib/preferences.ts";
import { useExportStatements } from "../api/statements.ts";
import type { ExportFormat } from "../statement/equivalent-request.ts";
import type { StatementFilters } from "../statement/statement-filters.ts";

const FORMATS = ["csv", "ndjson"] as const satisfies readonly ExportFormat[];

/** All statements that match the filters as a file. */
export function ExportMenu({ filters }: { readonly filters: StatementFilters }) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const save = useExportStatements();
  const [running, setRunning] = useState(false);
  const start = async (format: ExportFormat) => {
    setRunning(true);
    await save(filters, format, zoneName(zone)).catch((error: unknown) =>
      notifyFailed(t("statements.exportFailed"), error),
    );
    setRunning(false);
  };
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={running}>
          {t("statements.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => void start(format)}>
            {t(`statements.export_${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
