import type { MessageInitShape } from "@bufbuild/protobuf";
import { useInfiniteQuery, useQuery } from "@connectrpc/connect-query";
import {
  AnalyticsViewService,
  type BoardQuestionSchema,
  type FigureViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";

type Question = MessageInitShape<typeof BoardQuestionSchema>;
const { method } = AnalyticsViewService;
const keep = { placeholderData: keepPreviousData };
const PAGE_SIZE = 50;

export const useReach = (question: Question) => useQuery(method.getReach, { question }, keep);
export const useCompletion = (question: Question) => useQuery(method.getCompletion, { question }, keep);
export const useDifficulty = (question: Question) => useQuery(method.getDifficulty, { question }, keep);
export const useDropOff = (question: Question) => useQuery(method.getDropOff, { question }, keep);
export const useTime = (question: Question) => useQuery(method.getTime, { question }, keep);
export const useLearnerFigures = (learnerId: string, question: Question) =>
  useQuery(method.getLearnerFigures, { learnerId, question }, keep);

/** What can be filtered by; the versions are those of the course. */
export const useFilterChoices = (courseId: string) =>
  useQuery(method.listFilterChoices, { courseId }, { ...keep, staleTime: 60_000 });

const paged = {
  pageParamKey: "pageToken",
  getNextPageParam: (page: { readonly nextPageToken: string }) => page.nextPageToken || undefined,
  placeholderData: keepPreviousData,
} as const;
const page = { pageSize: PAGE_SIZE, pageToken: "" };

export const useCourseComparison = (question: Question, order: string) =>
  useInfiniteQuery(method.compareCourses, { question, order, ...page }, paged);

export const useLearners = (question: Question, query: string, order: string) =>
  useInfiniteQuery(method.listLearnerFigures, { question, query, order, ...page }, paged);

export const useCustomers = (question: Question, query: string) =>
  useInfiniteQuery(method.listCustomerFigures, { question, query, ...page }, paged);

/** Exactly the registrations behind a number. */
export const useFigureRegistrations = (question: Question, figure: MessageInitShape<typeof FigureViewSchema>) =>
  useInfiniteQuery(method.listFigureRegistrations, { question, figure, ...page }, paged);
