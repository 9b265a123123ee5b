import { createClient } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { EventViewService } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { RegistrationViewService } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { StatementViewService } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import {
  WebhookDeliveryViewService,
  WebhookEndpointViewService,
  WebhookReplayViewService,
} from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Center, Loader } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization } from "../../lib/session/use-session.tsx";
import { NotFoundScreen } from "./not-found-page.tsx";

const route = getRouteApi("/go/$id");

/** Opens whatever an id belongs to, if it may be seen. */
export function GoRoute() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { slug } = useOrganization();
  const transport = useTransport();
  const navigate = useNavigate();
  const [absent, setAbsent] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    const courses = createClient(CourseViewService, transport);
    const registrations = createClient(RegistrationViewService, transport);
    const statements = createClient(StatementViewService, transport);
    const endpoints = createClient(WebhookEndpointViewService, transport);
    const deliveries = createClient(WebhookDeliveryViewService, transport);
    const replays = createClient(WebhookReplayViewService, transport);
    const events = createClient(EventViewService, transport);
    const found = Promise.any([
      registrations.getRegistration({ id }, options).then(() => `/o/${slug}/registrations/${id}`),
      courses.getCourse({ id }, options).then(() => `/o/${slug}/courses/${id}`),
      courses.getImport({ id }, options).then(() => `/o/${slug}/imports/${id}`),
      statements.getStatement({ id }, options).then(() => `/o/${slug}/lrs?statement=${id}`),
      endpoints.getEndpoint({ id }, options).then(() => `/o/${slug}/webhooks/endpoints/${id}`),
      deliveries.getDelivery({ id }, options).then(() => `/o/${slug}/webhooks/deliveries/${id}`),
      replays.getReplay({ id }, options).then(() => `/o/${slug}/webhooks/replays/${id}`),
      events.getEvent({ id }, options).then(() => `/o/${slug}/events?event=${id}`),
    ]);
    found.then(
      (href) => {
        if (!stop.signal.aborted) void navigate({ href, replace: true });
      },
      () => {
        if (!stop.signal.aborted) setAbsent(true);
      },
    );
    return () => stop.abort();
  }, [id, slug, transport, navigate]);
  if (absent) return <NotFoundScreen />;
  return (
    <Center component="main" mih="100dvh">
      <Loader aria-label={t("common.loading")} />
    </Center>
  );
}
