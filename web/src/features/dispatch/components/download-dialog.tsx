import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { type Format, type PackageOf, usePackages } from "../api/packages.ts";
import { FormatChoice } from "./format-choice.tsx";

/** Chooses a format, makes the package and downloads it: of one dispatch, or all of a destination in one archive. */
export function DownloadDialog(props: { readonly of: PackageOf; readonly name: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<Format>("scorm12");
  const { run, running, error } = useDownload();
  const all = "destinationId" in props.of;
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t(all ? "dispatch.downloadAllTitle" : "dispatch.downloadTitle", { name: props.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <FormatChoice format={format} onChange={setFormat} />
        <Text fz="sm" c="dimmed">
          {t("dispatch.packageFacts")}
        </Text>
        {error !== undefined && <ErrorPanel error={error} what={t("dispatch.thePackage")} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            data-autofocus
            loading={running}
            leftSection={<IconDownload size={16} />}
            onClick={async () => {
              const filename = await run(props.of, format);
              if (filename === undefined) return;
              notifyDone(t("dispatch.downloaded", { name: filename }));
              props.onClose();
            }}
          >
            {t("dispatch.download")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Makes and downloads; answers the file's name, undefined when it failed. */
export function useDownload() {
  const { make, download } = usePackages();
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (of: PackageOf, format: Format): Promise<string | undefined> => {
    setRunning(true);
    setError(undefined);
    try {
      const made = await make(of, format);
      await download(made);
      return made.filename;
    } catch (failure) {
      setError(failure);
      return undefined;
    } finally {
      setRunning(false);
    }
  };
  return { run, running, error };
}
