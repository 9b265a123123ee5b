import { ActionIcon, CopyButton as MantineCopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { shortId } from "../lib/format/ids.ts";

/** Copies `value`; the icon says that it worked. */
export function CopyButton({ value, label }: { readonly value: string; readonly label: string }) {
  const { t } = useTranslation();
  return (
    <MantineCopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t("common.copied") : label}>
          <ActionIcon size={24} aria-label={copied ? t("common.copied") : label} onClick={copy}>
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </MantineCopyButton>
  );
}

/** An id, cut in the middle, with a button to copy it; with Shift its link is copied. */
export function IdText({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <MantineCopyButton value={id} timeout={1500}>
      {({ copied }) => (
        <span style={{ display: "inline-flex", alignItems: "center", gap: 2, whiteSpace: "nowrap" }}>
          <code title={id}>{shortId(id)}</code>
          <Tooltip label={copied ? t("common.copied") : t("common.copyIdHint")}>
            <ActionIcon size={24} aria-label={t("common.copyId")} onClick={(event) => copyId(id, event.shiftKey)}>
              <IconCopy size={14} />
            </ActionIcon>
          </Tooltip>
        </span>
      )}
    </MantineCopyButton>
  );
}

function copyId(id: string, asLink: boolean): void {
  void navigator.clipboard.writeText(asLink ? `${location.origin}/go/${id}` : id);
}
