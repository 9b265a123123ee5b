import type { SettingRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { NumberInput, Select, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSettingName } from "../use-setting-name.ts";

interface InputProps {
  readonly setting: SettingRow;
  readonly label: string;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}

/** The control for a setting's type; it is empty while the value is inherited. */
export function SettingInput(props: InputProps) {
  const { setting } = props;
  if (setting.type === "boolean") return <Choices {...props} choices={["true", "false"]} />;
  if (setting.type === "choice") return <Choices {...props} choices={setting.choices} />;
  return <Typed {...props} />;
}

function Choices(props: InputProps & { readonly choices: readonly string[] }) {
  const { t } = useTranslation();
  const { valueName } = useSettingName();
  return (
    <Select
      flex={1}
      size="xs"
      aria-label={props.label}
      disabled={props.disabled}
      placeholder={t("settings.inherited")}
      allowDeselect={false}
      value={props.setting.explicitValue ?? null}
      data={props.choices.map((value) => ({ value, label: valueName(props.setting, value) }))}
      onChange={(value) => value !== null && props.onChange(value)}
    />
  );
}

function Typed({ setting, label, disabled, onChange }: InputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(setting.explicitValue ?? "");
  useEffect(() => setText(setting.explicitValue ?? ""), [setting.explicitValue]);
  const leave = () => {
    if (text !== (setting.explicitValue ?? "") && text !== "") onChange(text);
  };
  const common = {
    flex: 1,
    size: "xs",
    "aria-label": label,
    disabled,
    placeholder: t("settings.inherited"),
    value: text,
    onBlur: leave,
    onKeyDown: (event: { readonly key: string }) => {
      if (event.key === "Enter") leave();
    },
  } as const;
  if (setting.type !== "number")
    return <TextInput {...common} onChange={(event) => setText(event.currentTarget.value)} />;
  return (
    <NumberInput
      {...common}
      {...(setting.minimum !== undefined && { min: setting.minimum })}
      {...(setting.maximum !== undefined && { max: setting.maximum })}
      onChange={(value) => setText(String(value))}
    />
  );
}
