import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useLearnerFigures } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import type { BoardSearch } from "../board/board-search.ts";
import { BoardFrame } from "../components/board-frame.tsx";
import { BoardState } from "../components/board-state.tsx";
import { OverTimeCard } from "../components/over-time-card.tsx";
import { RegistrationTable } from "../components/registration-table.tsx";
import { TimeSpentCard } from "../components/time-spent-card.tsx";

/** One learner: how often they come, how much time they spend, and where each course stands. */
export function LearnerPage(props: {
  readonly learnerId: string;
  readonly search: BoardSearch;
  readonly onSearch: (next: BoardSearch, push: boolean) => void;
}) {
  return (
    <BoardFrame
      search={props.search}
      onSearch={props.onSearch}
      learner={props.learnerId}
      title={<Heading id={props.learnerId} />}
    >
      <Content id={props.learnerId} />
    </BoardFrame>
  );
}

function Heading({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { question } = useBoard();
  const { data } = useLearnerFigures(id, question);
  return (
    <PageTitle
      title={data?.learner?.name || id}
      above={
        <AnchorLink to="/o/$org/people" params={{ org: slug }} fz="sm">
          {t("people.learners")}
        </AnchorLink>
      }
      subtitle={
        <Group gap="md" mt={4}>
          <IdText id={id} />
          {data && (
            <span>
              {t("registrations.lastActivity")}: <TimeText time={data.learner?.lastActivityTime ?? 0n} />
            </span>
          )}
          <AnchorLink to="/o/$org/registrations" params={{ org: slug }} search={{ learner: id }} fz="sm">
            {t("analytics.allRegistrations")}
          </AnchorLink>
        </Group>
      }
    />
  );
}

function Content({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const board = useBoard();
  const query = useLearnerFigures(id, board.question);
  const registrations = query.data?.registrations;
  return (
    <Stack>
      <BoardState query={query} cards={2}>
        {(data) => (
          <>
            <OverTimeCard
              question={t("analytics.qLearnerLaunches")}
              name={t("analytics.launches")}
              kind="amount"
              summary={data.summary}
              points={data.points}
              previousPoints={[]}
              reading={({ launches }) => Number(launches)}
              figure="launched"
              of={t("analytics.launchesWord")}
              needs={data.summary?.figures?.launches ? undefined : t("analytics.needsLearnerLaunch")}
            />
            <TimeSpentCard data={data} />
          </>
        )}
      </BoardState>
      {registrations && (
        <Panel title={t("analytics.learnerCourses")}>
          {registrations.length === 0 ? (
            <Text c="dimmed">{t("analytics.noRegistrations")}</Text>
          ) : (
            <RegistrationTable rows={registrations} label={t("analytics.learnerCourses")} />
          )}
        </Panel>
      )}
    </Stack>
  );
}
