import { Box } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { CourseLayout } from "../../features/courses/pages/course-layout.tsx";
import { CourseOverview } from "../../features/courses/pages/course-overview.tsx";
import { CourseVersions } from "../../features/courses/pages/course-versions.tsx";
import { VersionMoves } from "../../features/dispatch-results/moves/version-moves.tsx";
import { ImportButton } from "../../features/imports/components/import-button.tsx";
import { ImportRows } from "../../features/imports/components/import-rows.tsx";
import { useCan } from "../../lib/session/use-session.tsx";
import { useLeave } from "./use-leave.ts";
import { useOpenImport } from "./use-open-import.ts";

export function CourseOverviewRoute() {
  const { courseId } = useParams({ from: "/o/$org/courses/$courseId" });
  const leave = useLeave("courses");
  return (
    <CourseLayout courseId={courseId} onDeleted={leave}>
      {(answer) => <CourseOverview answer={answer} />}
    </CourseLayout>
  );
}

export function CourseVersionsRoute() {
  const mayDispatch = useCan("dispatch:read");
  const { courseId } = useParams({ from: "/o/$org/courses/$courseId/versions" });
  const leave = useLeave("courses");
  const openImport = useOpenImport();
  return (
    <CourseLayout courseId={courseId} onDeleted={leave}>
      {(answer) => (
        <>
          <ImportRows />
          <CourseVersions
            answer={answer}
            upload={<ImportButton courseId={courseId} variant="default" onStarted={openImport} />}
          />
          {mayDispatch && (
            <Box mt="md">
              <VersionMoves courseId={courseId} />
            </Box>
          )}
        </>
      )}
    </CourseLayout>
  );
}
