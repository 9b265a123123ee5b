import { notifications } from "@mantine/notifications";

/** Says that something worked. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: "teal", withBorder: true });
}

/** Says that something failed, until it is closed. */
export function notifyFailed(title: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  notifications.show({ title, message, color: "red", withBorder: true, autoClose: false });
}
