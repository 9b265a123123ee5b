import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";

/** Says what happened and offers to take it back for ten seconds. */
export function notifyUndo(message: string, undoLabel: string, undo: () => void): void {
  const id = crypto.randomUUID();
  const take = () => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    autoClose: 10_000,
    withBorder: true,
    color: "gray",
    message: (
      <Group justify="space-between" gap="xs">
        <span>{message}</span>
        <Button variant="subtle" size="compact-sm" onClick={take}>
          {undoLabel}
        </Button>
      </Group>
    ),
  });
}
