import { toJsonString } from "@bufbuild/protobuf";
import {
  type ImportReportView,
  ImportReportViewSchema,
  type ImportRow,
} from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Button, CopyButton } from "@mantine/core";
import { IconClipboardText, IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { vendorText } from "../vendor-text.ts";

/** The report as JSON, and as text for the package's vendor. */
export function ReportActions({ row, report }: { readonly row: ImportRow; readonly report: ImportReportView }) {
  const { t } = useTranslation();
  const download = () => {
    const json = toJsonString(ImportReportViewSchema, report, { prettySpaces: 2 });
    const url = URL.createObjectURL(new Blob([json], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `import-report-${row.id}.json`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconDownload size={16} />} onClick={download}>
        {t("imports.downloadJson")}
      </Button>
      <CopyButton value={vendorText(row, report)} timeout={2000}>
        {({ copied, copy }) => (
          <Button variant="default" leftSection={<IconClipboardText size={16} />} onClick={copy}>
            {copied ? t("common.copied") : t("imports.copyForVendor")}
          </Button>
        )}
      </CopyButton>
    </>
  );
}
