import type { ActivityRow } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FilterBar } from "../../../components/filter-bar.tsx";
import type { CallFilter } from "./call-list.ts";

/** What the journal lists, and whether repeats are folded. */
export interface JournalView extends CallFilter {
  readonly full?: boolean | undefined;
}

/** Launch, activity, SetValue only, errors, text, compact view. */
export function JournalFilters(props: {
  readonly view: JournalView;
  readonly onView: (view: JournalView) => void;
  readonly launches: readonly string[];
  readonly activities: readonly ActivityRow[];
}) {
  const { t } = useTranslation();
  const { view, onView } = props;
  const leaves = props.activities.filter((activity) => activity.leaf);
  const active = [view.launch, view.activity, view.setOnly, view.errors].filter(Boolean).length;
  return (
    <FilterBar
      query={view.text ?? ""}
      onQuery={(text) => onView({ ...view, text: text || undefined })}
      searchLabel={t("journal.search")}
      activeFilters={active}
    >
      {props.launches.length > 1 && (
        <Select
          aria-label={t("launches.launch")}
          placeholder={t("journal.anyLaunch")}
          clearable
          w={140}
          value={view.launch ?? null}
          data={props.launches.map((id, place) => ({ value: id, label: t("launches.number", { number: place + 1 }) }))}
          onChange={(launch) => onView({ ...view, launch: launch ?? undefined })}
        />
      )}
      {leaves.length > 1 && (
        <Select
          aria-label={t("journal.activity")}
          placeholder={t("journal.anyActivity")}
          clearable
          w={180}
          value={view.activity ?? null}
          data={leaves.map((activity) => ({
            value: activity.identifier,
            label: activity.title || activity.identifier,
          }))}
          onChange={(activity) => onView({ ...view, activity: activity ?? undefined })}
        />
      )}
      <Switch
        label={t("journal.setOnly")}
        checked={view.setOnly ?? false}
        onChange={(event) => onView({ ...view, setOnly: event.currentTarget.checked || undefined })}
      />
      <Switch
        label={t("journal.errorsOnly")}
        checked={view.errors ?? false}
        onChange={(event) => onView({ ...view, errors: event.currentTarget.checked || undefined })}
      />
      <Switch
        label={t("journal.compact")}
        checked={!view.full}
        onChange={(event) => onView({ ...view, full: event.currentTarget.checked ? undefined : true })}
      />
    </FilterBar>
  );
}
