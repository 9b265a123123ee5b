import type { EventRow } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Facts } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { shortId } from "../../../lib/format/ids.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";

/** What an event is about, with links to it, and who caused it. */
export function EventFacts({ row }: { readonly row: EventRow }) {
  const { t } = useTranslation();
  const { slug: org } = useOrganization();
  const facts: (readonly [string, ReactNode])[] = [
    [t("events.time"), <TimeText key="time" time={row.time} absolute />],
    [t("events.id"), <IdText key="id" id={row.id} />],
    [t("events.actor"), row.actorName || (row.actorId ? <IdText key="actor" id={row.actorId} /> : t("events.system"))],
  ];
  if (row.courseId)
    facts.push([
      t("events.course"),
      <AnchorLink key="course" to="/o/$org/courses/$courseId" params={{ org, courseId: row.courseId }} fz="sm">
        {row.courseTitle || shortId(row.courseId)}
      </AnchorLink>,
    ]);
  if (row.registrationId)
    facts.push([
      t("events.registration"),
      <AnchorLink
        key="registration"
        to="/o/$org/registrations/$registrationId"
        params={{ org, registrationId: row.registrationId }}
        search={row.launchId ? { launch: row.launchId } : {}}
        fz="sm"
      >
        {shortId(row.registrationId)}
      </AnchorLink>,
    ]);
  if (row.learnerId) facts.push([t("events.learner"), row.learnerId]);
  if (row.destinationId) facts.push([t("events.destination"), <IdText key="destination" id={row.destinationId} />]);
  if (row.dispatchId) facts.push([t("events.dispatch"), <IdText key="dispatch" id={row.dispatchId} />]);
  if (row.tags.length > 0) facts.push([t("events.tag"), row.tags.join(", ")]);
  if (row.traceId) facts.push([t("events.trace"), <IdText key="trace" id={row.traceId} />]);
  return <Facts facts={facts} />;
}
