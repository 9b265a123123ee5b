import type { ServiceImpl } from "@connectrpc/connect";
import {
  CourseReportService,
  type QuestionReport,
  TimeKind,
} from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import type { AnalyticsViewService } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { readBoardQuestion } from "./board-question.ts";
import { toActivityStep, toBar } from "./figures.mapper.ts";
import { chooseCourse, readCourses, readPoints, readSummary } from "./read-board.ts";

/** Questions a board shows. */
const QUESTIONS = 200;
/** Bars of a distribution of times. */
const TIME_BARS = 12;

/** Boards that look into one course: the one that is filtered by, else the one with most launches. */
export function courseBoards({
  clients,
}: ViewDeps): Pick<ServiceImpl<typeof AnalyticsViewService>, "getDifficulty" | "getDropOff" | "getTime"> {
  const reports = clients.of(CourseReportService);
  return {
    async getDifficulty({ question }) {
      const asked = readBoardQuestion(question);
      const [{ summary, overview }, courses] = await Promise.all([
        readSummary(clients, asked),
        readCourses(clients, asked),
      ]);
      const course = await chooseCourse(clients, asked, overview);
      if (course === undefined) return { summary, courses };
      const about = { courseId: course.id, period: asked.period, filter: asked.filter };
      const [courseVersionId = ""] = asked.filter.courseVersionIds ?? [];
      const [scores, attempts, { questions }] = await Promise.all([
        reports.getScoreDistribution(about),
        reports.getAttemptsToPass(about),
        reports.listQuestionReports({ ...about, courseVersionId, page: { pageSize: QUESTIONS } }),
      ]);
      return {
        ...{ summary, courses },
        courseId: course.id,
        courseTitle: course.title,
        scores: scores.steps.map(toBar),
        ...(scores.mean !== undefined && { meanScore: scores.mean }),
        ...(scores.median !== undefined && { medianScore: scores.median }),
        ...(scores.passingScoreScaled !== undefined && { passingScore: scores.passingScoreScaled }),
        withoutScore: scores.withoutScore,
        attempts: attempts.steps.map(({ attempts: count, learners }) => ({ from: count, to: count, count: learners })),
        notPassed: attempts.notPassed,
        questions: questions.map(toQuestionRow),
      };
    },

    async getDropOff({ question }) {
      const asked = readBoardQuestion(question);
      const { summary, overview } = await readSummary(clients, asked);
      const course = await chooseCourse(clients, asked, overview);
      if (course === undefined) return { summary };
      const steps = await stepsOf(course.id, asked);
      return { summary, courseId: course.id, courseTitle: course.title, steps };
    },

    async getTime({ question }) {
      const asked = readBoardQuestion(question);
      const [{ summary, overview }, points, courses] = await Promise.all([
        readSummary(clients, asked),
        readPoints(clients, asked),
        readCourses(clients, asked),
      ]);
      const course = await chooseCourse(clients, asked, overview);
      if (course === undefined) return { summary, ...points, courses };
      const about = { courseId: course.id, period: asked.period, filter: asked.filter, steps: TIME_BARS };
      const [active, wall, steps] = await Promise.all([
        reports.getTimeDistribution({ ...about, kind: TimeKind.ACTIVE }),
        reports.getTimeDistribution({ ...about, kind: TimeKind.WALL }),
        stepsOf(course.id, asked),
      ]);
      return {
        ...{ summary, courses, steps, ...points },
        courseId: course.id,
        courseTitle: course.title,
        active: active.steps.map(toBar),
        ...(active.medianMs !== undefined && { medianActiveMs: active.medianMs }),
        wall: wall.steps.map(toBar),
        ...(wall.medianMs !== undefined && { medianWallMs: wall.medianMs }),
      };
    },
  };

  async function stepsOf(courseId: string, { period, filter }: ReturnType<typeof readBoardQuestion>) {
    const [courseVersionId = ""] = filter.courseVersionIds ?? [];
    const { steps } = await reports.getDropOff({ courseId, courseVersionId, period, filter });
    return steps.map(toActivityStep);
  }
}

function toQuestionRow(report: QuestionReport) {
  const { questionId, activityId, text, type, answered, correct, discrimination, medianLatencyMs } = report;
  return {
    ...{ questionId, activityId, text, type, answered },
    correct: correct?.count ?? 0n,
    ...(discrimination !== undefined && { discrimination }),
    ...(medianLatencyMs !== undefined && { medianLatencyMs }),
    answers: report.answers.map(({ answer, count, correct: isCorrect }) => ({ answer, count, correct: isCorrect })),
  };
}
