import { Button, Checkbox, Group, Modal, SegmentedControl, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../../components/code-block.tsx";
import { Notice } from "../../../components/notice.tsx";
import { LANGUAGES, type Language, verifierSnippet } from "../endpoint/verifier-snippets.ts";

/** A secret, once: it stays until a person says that it is kept elsewhere. */
export function SecretDialog(props: { readonly secret: string; readonly url: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  return (
    <Modal
      opened
      onClose={() => kept && props.onClose()}
      size="xl"
      title={t("webhooks.secretTitle")}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Notice kind="warning" icon={<IconAlertTriangle size={18} />}>
          {t("webhooks.secretOnce")}
        </Notice>
        <CodeBlock label={t("webhooks.secret")} value={props.secret} />
        <VerifierSnippet secret={props.secret} url={props.url} />
        <Checkbox
          label={t("webhooks.secretKept")}
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button onClick={props.onClose} disabled={!kept}>
            {t("webhooks.done")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** How a receiver checks that a request is from here. */
export function VerifierSnippet({ secret, url }: { readonly secret: string; readonly url: string }) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<Language>("node");
  return (
    <CodeBlock
      label={t("webhooks.verifier")}
      value={verifierSnippet(language, secret, url)}
      maxHeight={300}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("webhooks.verifierLanguage")}
          data={LANGUAGES.map((value) => ({ value, label: t(`webhooks.language_${value}`) }))}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? "node")}
        />
      }
    />
  );
}
