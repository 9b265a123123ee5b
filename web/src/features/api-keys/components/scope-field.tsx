import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isLrsScope, LRS_PRESETS, LRS_SCOPES, type LrsPreset, presetOf } from "../../../lib/xapi/lrs-scopes.ts";

/** Scopes to choose from those the viewer holds: of the record store with words and presets, the others by name. */
export function ScopeField(props: {
  readonly held: readonly string[];
  readonly value: readonly string[];
  readonly onChange: (scopes: string[]) => void;
  readonly error?: string | undefined;
  /** The page is about the record store; other scopes come last. */
  readonly lrsFirst: boolean;
}) {
  const { t } = useTranslation();
  const { held, value, onChange } = props;
  const chosen = presetOf(value);
  const presets = (Object.keys(LRS_PRESETS) as LrsPreset[]).filter((name) =>
    LRS_PRESETS[name].every((scope) => held.includes(scope)),
  );
  const records = LRS_SCOPES.filter((scope) => held.includes(scope));
  const others = held.filter((scope) => !isLrsScope(scope));
  const recordGroup = records.length > 0 && (
    <Stack key="records" gap={8} role="group" aria-label={t("apiKeys.lrsScopes")}>
      <Text fz="xs" fw={600}>
        {t("apiKeys.lrsScopes")}
      </Text>
      {presets.length > 0 && (
        <Group gap={6}>
          {presets.map((name) => (
            <Button
              key={name}
              size="compact-sm"
              variant={chosen === name ? "light" : "default"}
              aria-pressed={chosen === name}
              onClick={() => onChange([...LRS_PRESETS[name]])}
            >
              {t(`apiKeys.preset_${name}`)}
            </Button>
          ))}
        </Group>
      )}
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(230px, 1fr))", gap: 8 }}>
        {records.map((scope) => (
          <Checkbox
            key={scope}
            value={scope}
            label={<code>{scope}</code>}
            description={t(`apiKeys.scopeText.${scopeKey(scope)}`)}
          />
        ))}
      </div>
    </Stack>
  );
  const otherGroup = (
    <Stack key="others" gap={8} role="group" aria-label={t("apiKeys.otherScopes")}>
      <Text fz="xs" fw={600}>
        {t("apiKeys.otherScopes")}
      </Text>
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(190px, 1fr))", gap: 6 }}>
        {others.map((scope) => (
          <Checkbox key={scope} value={scope} label={<code>{scope}</code>} />
        ))}
      </div>
    </Stack>
  );
  return (
    <Checkbox.Group
      label={t("apiKeys.scopes")}
      description={t("apiKeys.scopesHint")}
      error={props.error}
      value={[...value]}
      onChange={onChange}
    >
      <Stack gap="md" mt={8}>
        {props.lrsFirst ? [recordGroup, otherGroup] : [otherGroup, recordGroup]}
      </Stack>
    </Checkbox.Group>
  );
}

/** A colon would be taken for a namespace by the translations. */
function scopeKey<Scope extends string>(scope: Scope): ScopeKey<Scope> {
  return scope.replace(":", "_") as ScopeKey<Scope>;
}

type ScopeKey<Scope extends string> = Scope extends `${infer Thing}:${infer Act}` ? `${Thing}_${Act}` : Scope;
