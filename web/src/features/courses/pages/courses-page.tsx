import { Select, Switch, TagsInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { type CourseFilters, useCourses } from "../api/list-courses.ts";
import { CourseCard, useCourseColumns } from "../components/course-columns.tsx";

const ORDERS = ["updated", "title", "created"] as const;

/** Find a course. What imports them comes from outside, because imports are their own feature. */
export function CoursesPage(props: {
  readonly filters: CourseFilters;
  readonly onFilters: (filters: CourseFilters) => void;
  readonly importAction: ReactNode;
  readonly imports: ReactNode;
  readonly emptyAction: ReactNode;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const order = filters.order ?? "updated";
  const courses = useCourses(filters);
  const columns = useCourseColumns(order, (next) => onFilters({ ...filters, order: next }));
  const active = (filters.tags?.length ?? 0) + (filters.archived ? 1 : 0);
  return (
    <>
      <PageTitle title={t("courses.heading")} subtitle={t("courses.dropHint")} actions={props.importAction} />
      {props.imports}
      <FilterBar
        query={filters.q ?? ""}
        onQuery={(q) => onFilters({ ...filters, q: q || undefined })}
        searchLabel={t("courses.search")}
        activeFilters={active}
      >
        <TagsInput
          aria-label={t("courses.tags")}
          placeholder={filters.tags?.length ? "" : t("courses.tagsPlaceholder")}
          value={[...(filters.tags ?? [])]}
          onChange={(tags) => onFilters({ ...filters, tags: tags.length > 0 ? tags : undefined })}
          miw={160}
        />
        <Select
          aria-label={t("courses.order")}
          allowDeselect={false}
          w={190}
          value={order}
          data={ORDERS.map((value) => ({ value, label: t(`courses.order_${value}`) }))}
          onChange={(value) => onFilters({ ...filters, order: ORDERS.find((known) => known === value) })}
        />
        <Switch
          label={t("courses.showArchived")}
          checked={filters.archived ?? false}
          onChange={(event) => onFilters({ ...filters, archived: event.currentTarget.checked || undefined })}
        />
      </FilterBar>
      <ListPanel
        query={courses}
        rows={courses.data?.pages.flatMap((page) => page.courses)}
        total={courses.data?.pages[0]?.total}
        columns={columns}
        rowKey={(course) => course.id}
        card={(course) => <CourseCard course={course} />}
        what={t("courses.what")}
        filtered={active > 0 || Boolean(filters.q)}
        onClearFilters={() => onFilters({ order: filters.order })}
        empty={props.emptyAction}
      />
    </>
  );
}
