import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/empty-state.tsx";
import type { CourseFilters } from "../../features/courses/api/list-courses.ts";
import { CoursesPage } from "../../features/courses/pages/courses-page.tsx";
import { DropAnywhere } from "../../features/imports/components/drop-anywhere.tsx";
import { ImportButton } from "../../features/imports/components/import-button.tsx";
import { ImportRows } from "../../features/imports/components/import-rows.tsx";
import { useOpenImport } from "./use-open-import.ts";

const route = getRouteApi("/o/$org/courses");

export function CoursesRoute() {
  const { t } = useTranslation();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const openImport = useOpenImport();
  const setFilters = ({ q, tags, order, archived }: CourseFilters) =>
    void navigate({ search: { q, tags: tags ? [...tags] : undefined, order, archived }, replace: true });
  const button = <ImportButton onStarted={openImport} />;
  return (
    <>
      <CoursesPage
        filters={filters}
        onFilters={setFilters}
        importAction={button}
        imports={<ImportRows />}
        emptyAction={
          <EmptyState
            title={t("courses.none")}
            text={t("courses.noneText")}
            command={`curl -u "$COURSEMESH_KEY" -F file=@course.zip '${location.origin}/api/v2/courses/importJobs/upload?courseId=my-course'`}
          />
        }
      />
      <DropAnywhere />
    </>
  );
}
