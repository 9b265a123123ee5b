import { Grid, Stack, Text } from "@mantine/core";
import { IconCalendarPlus, IconRestore } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { type LicenceScope, useChangeLicences, useLicence } from "../api/licences.ts";
import { RefusalsPanel } from "../components/dispatch-parts.tsx";
import { RefusalPreview } from "../components/refusal-preview.tsx";
import { useEndText, useRunOutText } from "../components/run-out-text.tsx";
import { SeatsPanel } from "../components/seats-panel.tsx";
import { DispatchStatus } from "../components/status-word.tsx";
import { TermsDialog } from "../components/terms-dialog.tsx";
import { UsageBar } from "../components/usage-bar.tsx";
import { brandingOf } from "../form/look.ts";

/** What is left of one licence, who sits where, whom it refused. */
export function LicencePage({ scope, id }: { readonly scope: LicenceScope; readonly id: string }) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const query = useLicence(scope, id);
  const { reset } = useChangeLicences();
  const [open, setOpen] = useState<"extend" | "reset">();
  const runOut = useRunOutText();
  const atEnd = useEndText();
  const close = () => setOpen(undefined);
  const licence = query.data?.licence;
  const above = (
    <AnchorLink to="/o/$org/dispatch/licences" params={{ org: slug }} search={{ scope }} fz="sm">
      {t("dispatch.tabLicences")}
    </AnchorLink>
  );
  if (!query.data || !licence)
    return (
      <>
        <PageTitle title={t("dispatch.licence")} above={above} />
        {query.error ? (
          <ErrorPanel error={query.error} what={t("dispatch.thisLicence")} onRetry={() => query.refetch()} />
        ) : (
          <SkeletonLines lines={10} />
        )}
      </>
    );
  const { terms, usage } = licence;
  return (
    <>
      <PageTitle
        title={t("dispatch.licenceOf", { name: licence.name })}
        above={above}
        subtitle={<DispatchStatus status={usage?.status ?? ""} />}
        actions={
          <>
            <GuardedButton
              scope="dispatch:write"
              leftSection={<IconCalendarPlus size={16} />}
              onClick={() => setOpen("extend")}
            >
              {t("dispatch.extend")}
            </GuardedButton>
            <GuardedButton
              scope="dispatch:write"
              variant="default"
              leftSection={<IconRestore size={16} />}
              onClick={() => setOpen("reset")}
            >
              {t("dispatch.resetUsage")}
            </GuardedButton>
          </>
        }
      />
      <Stack>
        <Panel title={t("dispatch.overview")}>
          <Stack>
            <UsageBar usage={usage} terms={terms} name={licence.name} width="100%" />
            <Facts
              facts={[
                [t("dispatch.runOut"), runOut(licence)],
                [t("dispatch.countsFrom"), <TimeText key="from" time={licence.countStartTime} absolute />],
                [t("dispatch.usedTotal"), (usage?.usedTotal ?? 0n).toLocaleString(i18n.language)],
                [t("dispatch.startTime"), <TimeText key="start" time={terms?.startTime ?? 0n} absolute />],
                [
                  t("dispatch.expireTime"),
                  terms?.expireTime ? <TimeText key="end" time={terms.expireTime} absolute /> : t("dispatch.never"),
                ],
                [t("dispatch.atEnd"), atEnd(licence)],
                [t("dispatch.accessDays"), terms?.accessDays || t("dispatch.noLimit")],
                [t("dispatch.allowedDomains"), terms?.allowedDomains.join(", ") || t("dispatch.anyHost")],
                [t("dispatch.allowNew"), t(terms?.allowNewRegistrations ? "dispatch.yes" : "dispatch.no")],
                [t("dispatch.scopeLabel"), t(`dispatch.scope_${scope}`)],
              ]}
            />
          </Stack>
        </Panel>
        <Grid>
          <Grid.Col span={{ base: 12, lg: 8 }}>
            {scope === "dispatch" ? (
              <Stack>
                <SeatsPanel dispatchId={id} seats={query.data.seats} total={query.data.seatTotal} terms={terms} />
                <RefusalsPanel counts={query.data.refusalCounts} refusals={query.data.refusals} />
              </Stack>
            ) : (
              <Panel title={t("dispatch.seats")}>
                <Text fz="sm">{t("dispatch.seatsOfDestination", { count: usage?.seatsTaken ?? 0 })}</Text>
              </Panel>
            )}
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Panel title={t("dispatch.learnersPage")}>
              <RefusalPreview
                branding={brandingOf(query.data.shownBranding)}
                dispatchId={scope === "dispatch" ? id : ""}
              />
            </Panel>
          </Grid.Col>
        </Grid>
      </Stack>
      {open === "extend" && <TermsDialog licence={licence} onClose={close} />}
      {open === "reset" && (
        <ConfirmDialog
          title={t("dispatch.resetTitle", { name: licence.name })}
          verb={t("dispatch.resetUsage")}
          failure={t("dispatch.theCount")}
          onClose={close}
          onConfirm={async () => {
            await reset.mutateAsync({ requestId: crypto.randomUUID(), scope, id });
            notifyDone(t("dispatch.resetDone"));
          }}
        >
          {t("dispatch.resetText", { count: Number(usage?.used ?? 0n) })}
        </ConfirmDialog>
      )}
    </>
  );
}
