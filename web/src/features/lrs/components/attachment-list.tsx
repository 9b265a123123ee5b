import type { Attachment } from "@coursemesh/xapi/statement.ts";
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyFailed } from "../../../components/notify.ts";
import { formatBytes } from "../../../lib/format/bytes.ts";
import { useDownloadAttachment } from "../api/statements.ts";
import { textOf } from "../statement/read-sentence.ts";

/** Attachments with name, type and size; those whose content is here can be downloaded. */
export function AttachmentList(props: {
  readonly attachments: readonly Attachment[];
  readonly hashes: readonly string[];
}) {
  return (
    <Stack gap={6} component="ul" style={{ margin: 0, padding: 0, listStyle: "none" }}>
      {props.attachments.map((attachment) => (
        <AttachmentItem
          key={`${attachment.sha2}${attachment.usageType}`}
          attachment={attachment}
          isHere={props.hashes.includes(attachment.sha2.toLowerCase())}
        />
      ))}
    </Stack>
  );
}

function AttachmentItem({ attachment, isHere }: { readonly attachment: Attachment; readonly isHere: boolean }) {
  const { t, i18n } = useTranslation();
  const download = useDownloadAttachment();
  const [loading, setLoading] = useState(false);
  const name = textOf(attachment.display, i18n.language) || attachment.usageType;
  const save = async () => {
    setLoading(true);
    await download(attachment.sha2.toLowerCase(), name).catch((error: unknown) =>
      notifyFailed(t("statements.downloadFailed"), error),
    );
    setLoading(false);
  };
  return (
    <Group component="li" justify="space-between" gap="xs" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Text fz="sm" truncate>
          {name}
        </Text>
        <Text fz="xs" c="dimmed">
          {attachment.contentType} · {formatBytes(attachment.length, i18n.language)}
        </Text>
      </div>
      {isHere ? (
        <Button
          variant="default"
          loading={loading}
          leftSection={<IconDownload size={14} />}
          onClick={() => void save()}
          aria-label={t("statements.downloadName", { name })}
        >
          {t("statements.download")}
        </Button>
      ) : attachment.fileUrl && /^https?:/.test(attachment.fileUrl) ? (
        <Anchor href={attachment.fileUrl} target="_blank" rel="noreferrer" fz="sm">
          {t("statements.elsewhere")}
        </Anchor>
      ) : (
        <Text fz="xs" c="dimmed">
          {t("statements.notHere")}
        </Text>
      )}
    </Group>
  );
}
