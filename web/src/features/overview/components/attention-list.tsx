import type { AttentionItem } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AnchorLink } from "../../../components/links.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { plainKind } from "../plain-kind.ts";

/** Does anything need me? */
export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }) {
  const { t } = useTranslation();
  if (items.length === 0)
    return (
      <Group gap="xs" c="var(--cm-passed)">
        <IconCircleCheck size={18} aria-hidden="true" />
        <Text span>{t("overview.nothing")}</Text>
      </Group>
    );
  return (
    <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: "none" }}>
      {items.map((item) => (
        <Group component="li" key={`${item.kind}:${item.id}`} gap="sm" py={6} wrap="nowrap" align="flex-start">
          <IconAlertTriangle
            size={18}
            color="var(--cm-failed)"
            style={{ flex: "none", marginTop: 1 }}
            aria-hidden="true"
          />
          <div style={{ flex: 1, minWidth: 0 }}>
            <AnchorLink to="/go/$id" params={{ id: item.id }} fw={500}>
              {item.title}
            </AnchorLink>
            <Text fz="xs" c="dimmed">
              {item.kind === "import_failed" ? t("overview.kind_import_failed") : plainKind(item.kind)} ·{" "}
              <TimeText time={item.time} />
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  );
}
