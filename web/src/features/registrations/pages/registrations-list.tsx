import { IconUserPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../components/empty-state.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { useRegistrations } from "../api/registrations.ts";
import { CreateRegistrationDialog } from "../components/create-registration-dialog.tsx";
import { RegistrationCard, useRegistrationColumns } from "../components/registration-columns.tsx";
import { RegistrationFilterFields } from "../components/registration-filter-fields.tsx";
import { activeFilters, type RegistrationFilters } from "../registration-filters.ts";

/** The list with its filters; of one course when `courseId` is given. */
export function RegistrationsList(props: {
  readonly courseId?: string;
  readonly filters: RegistrationFilters;
  readonly onFilters: (filters: RegistrationFilters) => void;
  readonly creating: boolean;
  readonly onCreating: (creating: boolean) => void;
  readonly onCreated: (registrationId: string) => void;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const withCourse = props.courseId === undefined;
  const query = useRegistrations(withCourse ? filters : { ...filters, course: props.courseId });
  const columns = useRegistrationColumns(withCourse);
  const active = activeFilters(filters);
  return (
    <>
      <FilterBar
        query={filters.q ?? ""}
        onQuery={(q) => onFilters({ ...filters, q: q || undefined })}
        searchLabel={t("registrations.search")}
        activeFilters={active}
      >
        <RegistrationFilterFields filters={filters} onFilters={onFilters} withCourse={withCourse} />
      </FilterBar>
      <ListPanel
        query={query}
        rows={query.data?.pages.flatMap((page) => page.registrations)}
        total={query.data?.pages[0]?.total}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => <RegistrationCard row={row} />}
        what={t("registrations.what")}
        filtered={active > 0 || Boolean(filters.q)}
        onClearFilters={() => onFilters({})}
        empty={
          <EmptyState
            title={t("registrations.none")}
            text={t("registrations.noneText")}
            action={<CreateButton onClick={() => props.onCreating(true)} />}
            command={`curl -u "$COURSEMESH_KEY" -H 'content-type: application/json' ${location.origin}/api/v2/registrations -d '{"courseId":"…","learner":{"id":"ana"},"registrationId":"ana-1"}'`}
          />
        }
      />
      {props.creating && (
        <CreateRegistrationDialog
          courseId={props.courseId ?? filters.course ?? ""}
          onClose={() => props.onCreating(false)}
          onCreated={props.onCreated}
        />
      )}
    </>
  );
}

/** Opens the dialog. */
export function CreateButton({
  onClick,
  variant = "filled",
}: {
  readonly onClick: () => void;
  readonly variant?: "filled" | "default";
}) {
  const { t } = useTranslation();
  return (
    <GuardedButton
      scope="registration:write"
      variant={variant}
      leftSection={<IconUserPlus size={16} />}
      onClick={onClick}
    >
      {t("registrations.create")}
    </GuardedButton>
  );
}
