import type { LearnerRow } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useLearners } from "../api/people.ts";

/** People who take courses; each leads to their registrations. */
export function LearnersPage({ q, onQuery }: { readonly q: string; readonly onQuery: (q: string) => void }) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const learners = useLearners(q);
  const name = (learner: LearnerRow) => (
    <AnchorLink to="/o/$org/people/$learnerId" params={{ org: slug, learnerId: learner.id }} fw={500} fz="sm">
      {learner.name || learner.id}
    </AnchorLink>
  );
  const columns: Column<LearnerRow>[] = [
    { key: "name", header: t("people.name"), cell: name },
    { key: "email", header: t("people.email"), cell: (learner) => learner.email || "—" },
    { key: "id", header: t("people.learnerId"), cell: (learner) => <code>{learner.id}</code> },
    {
      key: "count",
      header: t("courses.registrations"),
      numeric: true,
      cell: (learner) => learner.registrationCount.toLocaleString(i18n.language),
    },
    {
      key: "active",
      header: t("registrations.lastActivity"),
      cell: (learner) => <TimeText time={learner.activityTime} />,
    },
  ];
  return (
    <>
      <FilterBar query={q} onQuery={onQuery} searchLabel={t("people.searchLearners")} />
      <ListPanel
        query={learners}
        rows={learners.data?.pages.flatMap((page) => page.learners)}
        total={learners.data?.pages[0]?.total}
        columns={columns}
        rowKey={(learner) => learner.id}
        what={t("people.learnersWhat")}
        filtered={q !== ""}
        onClearFilters={() => onQuery("")}
        empty={<EmptyState title={t("people.noLearners")} text={t("people.noLearnersText")} />}
        card={(learner) => (
          <Stack gap={4}>
            {name(learner)}
            <Group gap="md" fz="sm">
              <span>{t("people.registrationCount", { count: learner.registrationCount })}</span>
              <Text component="div" fz="sm" c="dimmed">
                <TimeText time={learner.activityTime} />
              </Text>
            </Group>
          </Stack>
        )}
      />
    </>
  );
}
