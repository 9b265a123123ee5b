import { Center, Overlay, Stack, Text } from "@mantine/core";
import { IconFileZip } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useUploads } from "../../../lib/uploads/use-uploads.tsx";

/** A package dropped anywhere on the page is imported. Nothing is drawn until files are dragged over the page. */
export function DropAnywhere() {
  const { t } = useTranslation();
  const uploads = useUploads();
  const mayWrite = useCan("course:write");
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!mayWrite) return;
    const bringsFiles = (event: DragEvent) =>
      event.dataTransfer?.types.includes("Files") === true && document.querySelector("[role=dialog]") === null;
    const drag = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      // Without this the browser would open the file instead.
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!bringsFiles(event)) return;
      event.preventDefault();
      for (const file of event.dataTransfer?.files ?? []) void uploads.add(file);
    };
    document.addEventListener("dragover", drag);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", drag);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
    };
  }, [mayWrite, uploads]);
  if (!over) return null;
  return (
    <Overlay
      fixed
      zIndex={300}
      backgroundOpacity={0.92}
      color="light-dark(#fff, #15181c)"
      style={{ pointerEvents: "none" }}
    >
      <Center h="100%">
        <Stack align="center" gap={4}>
          <IconFileZip size={40} stroke={1.5} aria-hidden="true" />
          <Text fw={600}>{t("imports.dropToImport")}</Text>
        </Stack>
      </Center>
    </Overlay>
  );
}
