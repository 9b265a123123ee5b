import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Says that a list is of one dispatch or destination only. */
export function ScopeNote({ name, onClear }: { readonly name: string | undefined; readonly onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" mb="sm">
      <Text fz="sm">{name ? t("dispatchResults.onlyOf", { name }) : t("dispatchResults.onlyOne")}</Text>
      <Button variant="subtle" size="compact-xs" onClick={onClear}>
        {t("dispatchResults.showAll")}
      </Button>
    </Group>
  );
}
