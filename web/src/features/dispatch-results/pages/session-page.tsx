import type { GetSessionResponse, SessionRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Grid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CodeBlock, prettyJson } from "../../../components/code-block.tsx";
import { IdText } from "../../../components/copy-button.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Notice } from "../../../components/notice.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useSessionDetails } from "../api/sessions.ts";
import { CallbackList } from "../components/callback-list.tsx";
import { Comparison } from "../components/comparison.tsx";
import { Duplicates } from "../components/duplicates.tsx";
import { learnerText } from "../components/learner-name.tsx";
import { ReceiptList } from "../components/receipt-list.tsx";
import { ResultActions } from "../components/result-actions.tsx";
import { RevokeButton } from "../components/revoke-button.tsx";
import { Acknowledgement } from "../components/words.tsx";

/** One learner in a customer's LMS: what we have, what they have, and each answer in between. */
export function SessionPage(props: {
  readonly id: string;
  readonly failedOnly: boolean;
  readonly onFailedOnly: (failedOnly: boolean) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const query = useSessionDetails(props.id);
  const session = query.data?.session;
  const above = (
    <AnchorLink to="/o/$org/dispatch/results" params={{ org: slug }} fz="sm">
      {t("dispatchResults.tabResults")}
    </AnchorLink>
  );
  if (!query.data || !session)
    return (
      <>
        <PageTitle title={t("dispatchResults.session")} above={above} />
        {query.error ? (
          <ErrorPanel error={query.error} what={t("dispatchResults.thisSession")} onRetry={() => query.refetch()} />
        ) : (
          <SkeletonLines lines={10} />
        )}
      </>
    );
  return (
    <>
      <PageTitle
        title={learnerText(session)}
        above={above}
        subtitle={<Acknowledgement value={session.acknowledgement} />}
        actions={<SessionActions session={session} />}
      />
      <Stack>
        <Standing session={session} />
        <Grid>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <Panel title={t("dispatchResults.bothSides")}>
              <Comparison session={session} />
            </Panel>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <Panel title={t("dispatchResults.about")}>
              <SessionFacts answer={query.data} session={session} />
            </Panel>
          </Grid.Col>
        </Grid>
        <Duplicates session={session} duplicates={query.data.duplicates} />
        <ReceiptList sessionId={session.id} failedOnly={props.failedOnly} onFailedOnly={props.onFailedOnly} />
        <CallbackList sessionId={session.id} />
        <Panel title={t("dispatchResults.data")}>
          {query.data.cmiJson ? (
            <CodeBlock label={t("dispatchResults.dataModel")} value={prettyJson(query.data.cmiJson)} maxHeight={360} />
          ) : (
            <Text c="dimmed" fz="sm">
              {t("dispatchResults.noData")}
            </Text>
          )}
        </Panel>
      </Stack>
    </>
  );
}

function SessionActions({ session }: { readonly session: SessionRow }) {
  const { acknowledgement, revoked, mergedIntoId, settleTime } = session;
  const open = (acknowledgement === "pending" || acknowledgement === "refused") && settleTime === 0n;
  return (
    <>
      {(open || acknowledgement === "accepted" || settleTime > 0n) && !revoked && mergedIntoId === "" && (
        <ResultActions sessionId={session.id} learner={learnerText(session)} />
      )}
      {!revoked && mergedIntoId === "" && <RevokeButton session={session} />}
    </>
  );
}

/** What was decided about it. */
function Standing({ session }: { readonly session: SessionRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { mergedIntoId, revoked, settleTime, settleNote } = session;
  return (
    <>
      {mergedIntoId !== "" && (
        <Notice kind="neutral" title={t("dispatchResults.merged")}>
          <AnchorLink to="/o/$org/dispatch/sessions/$sessionId" params={{ org: slug, sessionId: mergedIntoId }} fz="sm">
            {t("dispatchResults.toKept")}
          </AnchorLink>
        </Notice>
      )}
      {revoked && (
        <Notice kind="failed" title={t("dispatchResults.revoked")}>
          <Text fz="sm">{t("dispatchResults.revokedText")}</Text>
        </Notice>
      )}
      {settleTime > 0n && (
        <Notice kind="neutral" title={t("dispatchResults.settled")}>
          <Text fz="sm" component="div">
            <TimeText time={settleTime} absolute />
            {settleNote && `: ${settleNote}`}
          </Text>
        </Notice>
      )}
    </>
  );
}

function SessionFacts(props: { readonly answer: GetSessionResponse; readonly session: SessionRow }) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const { session, answer } = props;
  const version = answer.courseVersionNumber;
  const course = answer.courseTitle || "—";
  return (
    <Facts
      facts={[
        [t("dispatchResults.learnerId"), session.learnerId || "—"],
        ...(session.learnerEmail ? [[t("dispatchResults.email"), session.learnerEmail] as const] : []),
        [
          t("dispatchResults.dispatch"),
          <AnchorLink
            key="dispatch"
            to="/o/$org/dispatch/dispatches/$dispatchId"
            params={{ org: slug, dispatchId: session.dispatchId }}
            fz="sm"
          >
            {session.dispatchName || "—"}
          </AnchorLink>,
        ],
        [t("dispatchResults.destination"), session.destinationName || "—"],
        [
          t("dispatchResults.host"),
          session.deploymentId ? (
            <AnchorLink
              key="host"
              to="/o/$org/dispatch/deployments/$deploymentId"
              params={{ org: slug, deploymentId: session.deploymentId }}
              fz="sm"
            >
              {answer.lmsDomain || t("dispatchResults.unknownHost")}
            </AnchorLink>
          ) : (
            "—"
          ),
        ],
        [t("dispatchResults.course"), version > 0 ? t("dispatchResults.courseVersion", { course, version }) : course],
        [
          t("dispatchResults.registration"),
          session.registrationId ? (
            <AnchorLink
              key="registration"
              to="/o/$org/registrations/$registrationId"
              params={{ org: slug, registrationId: session.registrationId }}
              fz="sm"
            >
              {t("dispatchResults.openRegistration")}
            </AnchorLink>
          ) : (
            "—"
          ),
        ],
        [t("dispatchResults.launches"), session.launchCount.toLocaleString(i18n.language)],
        [t("dispatchResults.attempts"), session.attemptCount],
        [t("dispatchResults.firstLaunch"), <TimeText key="first" time={session.launchTime} />],
        [t("dispatchResults.lastActivity"), <TimeText key="last" time={session.lastActivityTime} />],
        [t("dispatchResults.sessionId"), <IdText key="id" id={session.id} />],
      ]}
    />
  );
}
