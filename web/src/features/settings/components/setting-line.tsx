import type { SettingRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Badge, Button, Group, Loader, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useSettingName } from "../use-setting-name.ts";
import { SettingInput } from "./setting-input.tsx";
import classes from "./setting-line.module.css";

/** One setting: name, effective value with its source, the value set here, and the way back. */
export function SettingLine(props: {
  readonly setting: SettingRow;
  readonly name: string;
  readonly onChange: (value: string | undefined) => Promise<void>;
}) {
  const { t } = useTranslation();
  const { valueName, sourceName } = useSettingName();
  const mayWrite = useCan("course:write");
  const [pending, setPending] = useState(false);
  const { setting } = props;
  const changed = setting.explicitValue !== undefined;
  const change = async (value: string | undefined) => {
    setPending(true);
    // The caller tells the person; the input falls back to what the server has.
    await props.onChange(value).catch(() => undefined);
    setPending(false);
  };
  return (
    <div className={classes.line} data-changed={changed || undefined}>
      <div className={classes.name}>
        <Text fw={500} fz="sm">
          {props.name}
        </Text>
        <code className={classes.id}>{setting.id}</code>
      </div>
      <Group gap="xs" className={classes.value}>
        <Text span fz="sm">
          {valueName(setting, setting.value)}
        </Text>
        <Badge size="sm" {...(changed && { color: "accent" })} variant={changed ? "light" : "default"}>
          {sourceName(setting.source)}
        </Badge>
        {changed && (
          <Text span fz="xs" c="dimmed">
            {t("settings.default", { value: valueName(setting, setting.defaultValue) })}
          </Text>
        )}
      </Group>
      <Group gap="xs" wrap="nowrap" className={classes.edit}>
        <SettingInput
          setting={setting}
          label={t("settings.setHere", { name: props.name })}
          disabled={pending || !mayWrite}
          onChange={(value) => void change(value)}
        />
        {pending ? (
          <Loader size={16} aria-label={t("common.saving")} />
        ) : (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            disabled={!mayWrite}
            style={{ visibility: changed ? "visible" : "hidden" }}
            onClick={() => void change(undefined)}
            aria-label={t("settings.resetName", { name: props.name })}
          >
            {t("settings.reset")}
          </Button>
        )}
      </Group>
    </div>
  );
}
