import { Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CALLBACK_AUTHS, CALLBACK_FORMATS, type Callback, isWebAddress } from "../form/look.ts";

/** Where results are delivered server to server; without an address nowhere. */
export function CallbackFields(props: {
  readonly callback: Callback;
  readonly onChange: (change: Partial<Callback>) => void;
}) {
  const { t } = useTranslation();
  const { callback, onChange } = props;
  const address = (key: "url" | "fallbackUrl") => (
    <TextInput
      type="url"
      label={t(`dispatch.callback_${key}`)}
      placeholder="https://"
      value={callback[key]}
      error={callback[key] !== "" && !isWebAddress(callback[key]) ? t("dispatch.addressInvalid") : undefined}
      onChange={(event) => onChange({ [key]: event.currentTarget.value })}
    />
  );
  return (
    <Stack>
      <Text fz="sm" c="dimmed">
        {t("dispatch.callbackHint")}
      </Text>
      {address("url")}
      {callback.url !== "" && (
        <>
          {address("fallbackUrl")}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t("dispatch.callbackAuth")}
              allowDeselect={false}
              data={CALLBACK_AUTHS.map((value) => ({ value, label: t(`dispatch.auth_${value}`) }))}
              value={callback.auth}
              onChange={(value) => value && onChange({ auth: value })}
            />
            <Select
              label={t("dispatch.callbackFormat")}
              allowDeselect={false}
              data={CALLBACK_FORMATS.map((value) => ({ value, label: t(`dispatch.results_${value}`) }))}
              value={callback.format}
              onChange={(value) => value && onChange({ format: value })}
            />
            {callback.auth !== "signature" && (
              <>
                <TextInput
                  label={t("dispatch.username")}
                  autoComplete="off"
                  value={callback.username}
                  onChange={(event) => onChange({ username: event.currentTarget.value })}
                />
                <TextInput
                  type="password"
                  label={t("dispatch.password")}
                  description={t("dispatch.passwordHint")}
                  autoComplete="new-password"
                  value={callback.password}
                  onChange={(event) => onChange({ password: event.currentTarget.value })}
                />
              </>
            )}
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}
