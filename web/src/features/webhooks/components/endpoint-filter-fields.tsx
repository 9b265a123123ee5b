import { MultiSelect, Stack, TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EventTypeSelect } from "../../../components/event-type-select.tsx";
import { shortId } from "../../../lib/format/ids.ts";
import { useChoices } from "../api/endpoints.ts";
import type { EndpointForm } from "../endpoint/endpoint-form.ts";

/** Of what an endpoint is told: types, courses, tags, dispatches; empty means any. */
export function EndpointFilterFields(props: {
  readonly form: EndpointForm;
  readonly onChange: (change: Partial<EndpointForm>) => void;
}) {
  const { t } = useTranslation();
  const { form, onChange } = props;
  const { data } = useChoices();
  const all = (data?.types ?? []).map(({ name }) => name);
  const types = form.kind === "postback" ? all.filter((name) => name.startsWith("registration.")) : all;
  const courses = (data?.courses ?? []).map(({ id, title }) => ({ value: id, label: title || shortId(id) }));
  const others = form.courses.filter((id) => !courses.some(({ value }) => value === id));
  return (
    <Stack gap="sm">
      <EventTypeSelect
        types={types}
        label={t("webhooks.types")}
        description={t(form.kind === "postback" ? "webhooks.typesHintPostback" : "webhooks.typesHint")}
        placeholder={
          form.types.length > 0 ? "" : t(form.kind === "postback" ? "webhooks.anyChange" : "webhooks.allTypes")
        }
        value={form.types}
        onChange={(value) => onChange({ types: value })}
      />
      <MultiSelect
        label={t("webhooks.courses")}
        placeholder={form.courses.length > 0 ? "" : t("webhooks.allCourses")}
        searchable
        clearable
        hidePickedOptions
        data={[...courses, ...others.map((id) => ({ value: id, label: shortId(id) }))]}
        value={form.courses}
        onChange={(value) => onChange({ courses: value })}
      />
      <TagsInput
        label={t("webhooks.tags")}
        description={t("webhooks.tagsHint")}
        value={form.tags}
        onChange={(value) => onChange({ tags: value })}
        maxTags={100}
      />
      <TagsInput
        label={t("webhooks.dispatches")}
        description={t("webhooks.dispatchesHint")}
        value={form.dispatches}
        onChange={(value) => onChange({ dispatches: value })}
        maxTags={500}
      />
    </Stack>
  );
}
