import type { DeliveryRow, GetDeliveryResponse } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Facts } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";

/** Whom it is for, when, and what it is about, with links. */
export function DeliveryFacts(props: { readonly answer: GetDeliveryResponse; readonly delivery: DeliveryRow }) {
  const { t } = useTranslation();
  const { slug: org } = useOrganization();
  const { delivery } = props;
  const { event, endpoint } = props.answer;
  const facts: (readonly [string, ReactNode])[] = [
    [
      t("webhooks.endpoint"),
      <AnchorLink
        key="endpoint"
        to="/o/$org/webhooks/endpoints/$endpointId"
        params={{ org, endpointId: delivery.endpointId }}
        fz="sm"
      >
        {endpoint?.name || delivery.endpointId}
      </AnchorLink>,
    ],
    [t("webhooks.queuedAt"), <TimeText key="queued" time={delivery.createTime} absolute />],
    [t("webhooks.endedAt"), <TimeText key="ended" time={delivery.endTime} absolute />],
    [t("webhooks.nextAttempt"), <TimeText key="next" time={delivery.nextAttemptTime} absolute />],
    [
      t("webhooks.event"),
      event ? (
        <AnchorLink key="event" to="/o/$org/events" params={{ org }} search={{ event: event.id }} fz="sm">
          {t("webhooks.openEvent")}
        </AnchorLink>
      ) : (
        t(delivery.test ? "webhooks.test" : "webhooks.eventGone")
      ),
    ],
    [t("webhooks.webhookId"), <IdText key="id" id={delivery.eventId} />],
  ];
  if (event?.courseId)
    facts.push([
      t("webhooks.course"),
      <AnchorLink key="course" to="/o/$org/courses/$courseId" params={{ org, courseId: event.courseId }} fz="sm">
        {event.courseTitle || t("webhooks.openCourse")}
      </AnchorLink>,
    ]);
  if (event?.registrationId)
    facts.push([
      t("webhooks.source"),
      <AnchorLink
        key="registration"
        to="/o/$org/registrations/$registrationId"
        params={{ org, registrationId: event.registrationId }}
        search={event.launchId ? { launch: event.launchId } : {}}
        fz="sm"
      >
        {t("webhooks.openJournal")}
      </AnchorLink>,
    ]);
  if (delivery.replayId)
    facts.push([
      t("webhooks.replay"),
      <AnchorLink
        key="replay"
        to="/o/$org/webhooks/replays/$replayId"
        params={{ org, replayId: delivery.replayId }}
        fz="sm"
      >
        {t("webhooks.openReplay")}
      </AnchorLink>,
    ]);
  return <Facts facts={facts} />;
}
