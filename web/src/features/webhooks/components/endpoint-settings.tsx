import type { CourseChoice } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import type { EndpointRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Facts, Panel } from "../../../components/panel.tsx";
import { shortId } from "../../../lib/format/ids.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { AUTHS, NUMBERS, ORDERINGS, RESULTS } from "../endpoint/endpoint-form.ts";
import { useTypesText } from "./endpoint-facts.ts";

/** Of what it is told, and how. */
export function EndpointSettings(props: { readonly endpoint: EndpointRow; readonly courses: readonly CourseChoice[] }) {
  const { t, i18n } = useTranslation();
  const types = useTypesText();
  const { endpoint, courses } = props;
  const { draft } = endpoint;
  if (!draft) return null;
  const { filter, postback } = draft;
  const titles = (filter?.courseIds ?? []).map(
    (id) => courses.find((course) => course.id === id)?.title || shortId(id),
  );
  const auth = AUTHS.find((known) => known === (postback?.auth || "form"));
  const results = RESULTS.find((known) => known === (postback?.results || "course"));
  const ordering = ORDERINGS.find((known) => known === (draft.ordering || "none")) ?? "none";
  const facts: (readonly [string, ReactNode])[] = [
    [t("webhooks.kind"), t(postback ? "webhooks.kind_postback" : "webhooks.kind_webhook")],
    [t("webhooks.types"), types(filter?.types ?? [])],
    [t("webhooks.courses"), titles.join(", ") || t("webhooks.allCourses")],
  ];
  if (filter?.tags.length) facts.push([t("webhooks.tags"), filter.tags.join(", ")]);
  if (filter?.dispatchIds.length) facts.push([t("webhooks.dispatches"), filter.dispatchIds.map(shortId).join(", ")]);
  if (filter?.registrationIds.length)
    facts.push([t("webhooks.registrations"), filter.registrationIds.map(shortId).join(", ")]);
  if (postback && auth) facts.push([t("webhooks.postbackAuth"), t(`webhooks.auth_${auth}`)]);
  if (postback && results) facts.push([t("webhooks.postbackResults"), t(`webhooks.results_${results}`)]);
  if (draft.thin) facts.push([t("webhooks.payload"), t("webhooks.thinShort")]);
  facts.push([t("webhooks.ordering"), t(`webhooks.ordering_${ordering}`)]);
  for (const { field, usual } of NUMBERS) {
    const value = draft[field];
    facts.push([
      t(`webhooks.${field}`),
      value > 0 ? value.toLocaleString(i18n.language) : t("webhooks.usually", { value: usual }),
    ]);
  }
  const headers = Object.keys(draft.headers);
  if (headers.length > 0) facts.push([t("webhooks.headers"), headers.join(", ")]);
  if (endpoint.ownerKind) facts.push([t("webhooks.owner"), <Owner key="owner" endpoint={endpoint} />]);
  facts.push([t("webhooks.id"), <IdText key="id" id={endpoint.id} />]);
  return (
    <Panel title={t("webhooks.settings")}>
      {draft.description && (
        <Text fz="sm" mb="sm" style={{ whiteSpace: "pre-line" }}>
          {draft.description}
        </Text>
      )}
      <Facts facts={facts} />
    </Panel>
  );
}

/** What brought the endpoint along. */
function Owner({ endpoint: { ownerKind, ownerId } }: { readonly endpoint: EndpointRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const text = shortId(ownerId);
  switch (ownerKind) {
    case "course":
      return (
        <AnchorLink to="/o/$org/courses/$courseId" params={{ org: slug, courseId: ownerId }} fz="sm">
          {t("webhooks.owner_course", { id: text })}
        </AnchorLink>
      );
    case "registration":
      return (
        <AnchorLink to="/o/$org/registrations/$registrationId" params={{ org: slug, registrationId: ownerId }} fz="sm">
          {t("webhooks.owner_registration", { id: text })}
        </AnchorLink>
      );
    default:
      return <span>{t("webhooks.owner_other", { kind: ownerKind, id: text })}</span>;
  }
}
