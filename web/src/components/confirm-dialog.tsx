import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "./error-panel.tsx";

/** A destructive step: the title names the object, the body counts the consequences, the button repeats the verb. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly verb: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
  /** Must be typed when the step cannot be undone. */
  readonly typedName?: string;
  readonly failure: string;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = async () => {
    setRunning(true);
    setError(undefined);
    try {
      await props.onConfirm();
      props.onClose();
    } catch (failure) {
      setError(failure);
      setRunning(false);
    }
  };
  const blocked = props.typedName !== undefined && typed.trim() !== props.typedName.trim();
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!blocked) void confirm();
        }}
      >
        <Stack>
          <Text component="div" fz="sm">
            {props.children}
          </Text>
          {props.typedName !== undefined && (
            <TextInput
              label={t("common.typeToConfirm", { name: props.typedName })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          {error !== undefined && <ErrorPanel error={error} what={props.failure} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t("common.cancel")}
            </Button>
            <Button
              type="submit"
              color="red.8"
              variant="filled"
              autoContrast={false}
              c="white"
              loading={running}
              disabled={blocked}
            >
              {props.verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
