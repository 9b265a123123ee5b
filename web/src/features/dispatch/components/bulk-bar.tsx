import { Button, Group, Paper, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../../lib/session/use-session.tsx";
import { BULK_ACTIONS, type BulkAction } from "../api/operations.ts";
import { BulkDialog } from "./bulk-dialog.tsx";

/** What can be done with the dispatches that are chosen. */
export function BulkBar(props: {
  readonly ids: readonly string[];
  readonly nameOf: (id: string) => string;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation();
  const mayDelete = useCan("dispatch:delete");
  const [action, setAction] = useState<BulkAction>();
  const { ids } = props;
  if (ids.length === 0) return null;
  return (
    <Paper
      component="section"
      p="xs"
      mb="sm"
      aria-label={t("dispatch.bulk")}
      style={{ position: "sticky", bottom: 0, top: 0, zIndex: 3 }}
    >
      <Group gap="xs">
        <Text fz="sm" fw={500} role="status">
          {t("dispatch.chosen", { count: ids.length })}
        </Text>
        {BULK_ACTIONS.filter((one) => one !== "delete" || mayDelete).map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant="default"
            {...(one === "delete" && { c: "var(--cm-failed)" })}
            onClick={() => setAction(one)}
          >
            {t(`dispatch.bulk_${one}`)}
          </Button>
        ))}
        <Button size="compact-sm" variant="subtle" onClick={props.onClear}>
          {t("dispatch.clearChoice")}
        </Button>
      </Group>
      {action && (
        <BulkDialog
          action={action}
          ids={ids}
          nameOf={props.nameOf}
          onClose={() => setAction(undefined)}
          onDone={props.onClear}
        />
      )}
    </Paper>
  );
}
