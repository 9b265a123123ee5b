import type { StatementRegistration, StatementRow } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import type { Actor } from "@coursemesh/xapi/statement.ts";
import { ActionIcon, Anchor, Group, Tooltip } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Facts } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { shortId } from "../../../lib/format/ids.ts";
import { useCan, useOrganization } from "../../../lib/session/use-session.tsx";
import { identifiersOf, nameOfAgent, textOfAgent } from "../statement/agent-text.ts";
import { activityOf, type Sentence } from "../statement/read-sentence.ts";
import type { StatementFilters } from "../statement/statement-filters.ts";
import { ResultText } from "./result-text.tsx";

/** The parts of a statement by name; most of them filter the list. */
export function StatementFacts(props: {
  readonly sentence: Sentence;
  readonly row: StatementRow;
  readonly registration: StatementRegistration | undefined;
  readonly onFilter: (filters: StatementFilters) => void;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const maySee = useCan("registration:read");
  const { sentence, row, registration } = props;
  const { statement, target } = sentence;
  const activity = activityOf(statement);
  const context = statement.context;
  const by = (filters: StatementFilters, value: ReactNode, name: string) => (
    <Filterable name={name} onFilter={() => props.onFilter(filters)}>
      {value}
    </Filterable>
  );
  const agent = textOfAgent(statement.actor)
    ? by({ agent: filterText(statement.actor) }, textOfAgent(statement.actor), t("statements.agent"))
    : nameOfAgent(statement.actor);
  const facts: [string, ReactNode][] = [
    [t("statements.id"), <IdText key="id" id={row.id} />],
    [t("statements.stored"), <TimeText key="stored" time={row.stored} absolute />],
    [t("statements.timestamp"), <TimeText key="time" time={Date.parse(statement.timestamp ?? "") || 0} absolute />],
    [t("statements.agent"), agent],
    [t("statements.verb"), by({ verb: statement.verb.id }, <Iri text={statement.verb.id} />, t("statements.verb"))],
  ];
  if (activity) {
    const value = by({ activity: activity.id }, <Iri text={activity.id} />, t("statements.activity"));
    facts.push([t("statements.activity"), value]);
  }
  if (target)
    facts.push([
      t(sentence.voids ? "statements.voids" : "statements.refersTo"),
      <Anchor key="target" component="button" type="button" fz="sm" onClick={() => props.onOpen(target)}>
        {shortId(target)}
      </Anchor>,
    ]);
  if (statement.result) facts.push([t("statements.result"), <ResultText key="result" result={statement.result} />]);
  if (statement.result?.response) facts.push([t("statements.response"), statement.result.response]);
  if (context?.registration) {
    const link =
      registration && maySee ? (
        <AnchorLink
          to="/o/$org/registrations/$registrationId"
          params={{ org: slug, registrationId: registration.id }}
          fz="sm"
        >
          {registration.learnerName} · {registration.courseTitle}
        </AnchorLink>
      ) : (
        <code title={context.registration}>{shortId(context.registration)}</code>
      );
    const filters = { registration: context.registration };
    facts.push([t("statements.registration"), by(filters, link, t("statements.registration"))]);
  }
  if (context?.platform) facts.push([t("statements.platform"), context.platform]);
  if (statement.authority) facts.push([t("statements.authority"), nameOfAgent(statement.authority)]);
  facts.push([t("statements.version"), statement.version ?? "1.0.0"]);
  return <Facts facts={facts} />;
}

function Filterable(props: { readonly name: string; readonly onFilter: () => void; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const label = t("statements.filterBy", { name: props.name });
  return (
    <Group gap={2} wrap="nowrap" align="flex-start">
      <span style={{ minWidth: 0, overflowWrap: "anywhere" }}>{props.children}</span>
      <Tooltip label={label}>
        <ActionIcon size={24} aria-label={label} onClick={props.onFilter}>
          <IconFilter size={14} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function Iri({ text }: { readonly text: string }) {
  return <code>{text}</code>;
}

/** What the filter's field shows for an agent; JSON where the short form would be read as something else. */
function filterText(actor: Actor): string {
  return actor.account?.name.includes("@") ? JSON.stringify(identifiersOf(actor)) : textOfAgent(actor);
}
