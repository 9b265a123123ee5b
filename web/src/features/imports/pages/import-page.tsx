import type { ImportRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink, ButtonLink } from "../../../components/links.tsx";
import { Notice } from "../../../components/notice.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { SkeletonLines } from "../../../components/panel.tsx";
import { rememberObject } from "../../../lib/recent-objects.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useCancelImport } from "../api/list-imports.ts";
import { useImport } from "../api/watch-import.ts";
import { FindingCard, severityOf } from "../components/finding-card.tsx";
import { ImportProgress } from "../components/import-progress.tsx";
import { ImportVerdict } from "../components/import-verdict.tsx";
import { ReportActions } from "../components/report-actions.tsx";
import { hasEnded, stageOf } from "../import-state.ts";

/** A severity to look at alone. */
export type SeverityFilter = "error" | "warning" | "note";

/** Will it work, and what is to be fixed? */
export function ImportPage(props: {
  readonly importId: string;
  readonly severity: SeverityFilter | undefined;
  readonly onSeverity: (severity: SeverityFilter | undefined) => void;
}) {
  const { t } = useTranslation();
  const organization = useOrganization();
  const query = useImport(props.importId);
  const row = query.data?.import;
  useEffect(() => {
    if (row) rememberObject(organization.id, { kind: "import", id: row.id, title: row.source });
  }, [row, organization.id]);
  const above = (
    <AnchorLink to="/o/$org/courses" params={{ org: organization.slug }} fz="sm">
      {t("courses.heading")}
    </AnchorLink>
  );
  if (query.error && !row)
    return (
      <>
        <PageTitle title={t("imports.heading")} above={above} />
        <ErrorPanel error={query.error} what={t("imports.what")} onRetry={() => query.refetch()} />
      </>
    );
  if (!row) return <SkeletonLines lines={8} height={18} />;
  return (
    <>
      <PageTitle title={t("imports.of", { source: row.source })} above={above} actions={<Actions row={row} />} />
      <Stack>
        {!hasEnded(row.state) && <ImportProgress row={row} />}
        {(row.state === "failed" || row.state === "canceled") && !row.report && <Failed row={row} />}
        {row.report && <ImportVerdict row={row} report={row.report} />}
        {row.report && <Findings row={row} severity={props.severity} onSeverity={props.onSeverity} />}
      </Stack>
    </>
  );
}

function Actions({ row }: { readonly row: ImportRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const cancel = useCancelImport();
  if (!hasEnded(row.state))
    return (
      <GuardedButton
        scope="course:write"
        variant="default"
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ id: row.id })}
      >
        {t("imports.cancel")}
      </GuardedButton>
    );
  return (
    <>
      {row.report && <ReportActions row={row} report={row.report} />}
      {row.courseId && (
        <ButtonLink to="/o/$org/courses/$courseId" params={{ org: slug, courseId: row.courseId }}>
          {t("imports.openCourse")}
        </ButtonLink>
      )}
    </>
  );
}

function Failed({ row }: { readonly row: ImportRow }) {
  const { t } = useTranslation();
  const stage = stageOf(row.state);
  return (
    <Notice kind="failed" title={stage ? t(`imports.stage_${stage}`) : row.state}>
      {row.errorMessage || t("imports.noReason")}
    </Notice>
  );
}

function Findings(props: {
  readonly row: ImportRow;
  readonly severity: SeverityFilter | undefined;
  readonly onSeverity: (severity: SeverityFilter | undefined) => void;
}) {
  const { t } = useTranslation();
  const findings = props.row.report?.findings ?? [];
  if (findings.length === 0)
    return (
      <Notice kind="passed" title={t("imports.noProblems")}>
        <Text fz="sm">{t("imports.checked", { count: props.row.report?.checkedRules.length ?? 0 })}</Text>
        <details>
          <summary>{t("imports.showChecks")}</summary>
          <Text component="div" fz="xs" style={{ columns: "3 220px" }}>
            {props.row.report?.checkedRules.map((rule) => (
              <div key={rule}>
                <code>{rule}</code>
              </div>
            ))}
          </Text>
        </details>
      </Notice>
    );
  const count = (severity: SeverityFilter) =>
    findings.filter((finding) => severityOf(finding.severity) === severity).length;
  const shown = findings.filter((finding) => !props.severity || severityOf(finding.severity) === props.severity);
  const severities = (["error", "warning", "note"] as const).filter((severity) => count(severity) > 0);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t("imports.filterSeverity")}
          size="xs"
          value={props.severity ?? "all"}
          onChange={(value) => props.onSeverity(severities.find((severity) => severity === value))}
          data={[
            { value: "all", label: t("imports.allFindings", { count: findings.length }) },
            ...severities.map((value) => ({ value, label: `${t(`imports.severity_${value}`)} ${count(value)}` })),
          ]}
        />
      </Group>
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
        {shown.map((finding) => (
          <FindingCard key={`${finding.rule}:${finding.file}:${finding.line}:${finding.message}`} finding={finding} />
        ))}
      </Stack>
    </Stack>
  );
}
