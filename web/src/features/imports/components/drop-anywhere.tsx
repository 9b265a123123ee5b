import { Center, Stack, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconFileZip } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useUploads } from "../../../lib/uploads/use-uploads.tsx";

/** A package dropped anywhere on the page is imported. */
export function DropAnywhere() {
  const { t } = useTranslation();
  const uploads = useUploads();
  const mayWrite = useCan("course:write");
  return (
    <Dropzone.FullScreen
      active={mayWrite}
      inputProps={{ "aria-label": t("imports.chooseFile"), tabIndex: -1 }}
      onDrop={(files) => {
        for (const file of files) void uploads.add(file);
      }}
    >
      <Center mih="60vh" style={{ pointerEvents: "none" }}>
        <Stack align="center" gap={4}>
          <IconFileZip size={40} stroke={1.5} />
          <Text fw={600}>{t("imports.dropToImport")}</Text>
        </Stack>
      </Center>
    </Dropzone.FullScreen>
  );
}
