import { Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readBranding } from "../../../dispatch-pages/branding.ts";
import { readRefusal, refusalWords } from "../../../dispatch-pages/refusal.ts";
import { supportCode } from "../../../dispatch-pages/support-code.ts";
import { pickPageWords } from "../../../dispatch-pages/words/pick-page-words.ts";
import type { Branding } from "../form/look.ts";
import { REFUSALS, type Refusal } from "../form/refusals.ts";
import classes from "./refusal-preview.module.css";

/** The page that a learner sees when a launch is refused: the words of that page itself, in this branding. */
export function RefusalPreview(props: {
  readonly branding: Branding;
  readonly dispatchId: string;
  readonly reason?: Refusal;
}) {
  const { t, i18n } = useTranslation();
  const [reason, setReason] = useState<Refusal>(props.reason ?? "usage_limit_exceeded");
  const words = pickPageWords([i18n.language]);
  const { title, text } = refusalWords(readRefusal({ reason: reason.toUpperCase() }), words);
  const branding = readBranding(props.branding);
  const code = supportCode(props.dispatchId);
  return (
    <Stack gap="xs">
      <Select
        label={t("dispatch.previewReason")}
        allowDeselect={false}
        maw={360}
        data={REFUSALS.map((value) => ({ value, label: t(`dispatch.refusal_${value}`) }))}
        value={reason}
        onChange={(value) => setReason(REFUSALS.find((known) => known === value) ?? reason)}
      />
      <section className={classes.ground} aria-label={t("dispatch.preview")}>
        <div
          className={classes.card}
          style={branding.primaryColor ? { borderTopColor: branding.primaryColor } : undefined}
        >
          {branding.logoUrl && <img className={classes.logo} src={branding.logoUrl} alt={words.logo} />}
          <p className={classes.title}>{title}</p>
          <p className={classes.text}>{text}</p>
          {(branding.supportText || branding.supportUrl || code) && (
            <div className={classes.support}>
              {branding.supportText && <p>{branding.supportText}</p>}
              {branding.supportUrl && (
                <p>
                  <a href={branding.supportUrl} target="_blank" rel="noopener noreferrer">
                    {words.more}
                  </a>
                </p>
              )}
              {code && (
                <p>
                  {words.contact} <strong className="mono">{code}</strong>
                </p>
              )}
            </div>
          )}
        </div>
      </section>
      <Text fz="xs" c="dimmed">
        {t("dispatch.previewHint")}
      </Text>
    </Stack>
  );
}
