import { useMutation, useQuery } from "@connectrpc/connect-query";
import { SequencingViewService } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { keepPreviousData, skipToken } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

const { method } = SequencingViewService;

/** All steps of a try. `following` asks again while a session is open. */
export function useSteps(registrationId: string, instanceId: string, following: boolean) {
  const locale = useTranslation().i18n.language;
  return useQuery(
    method.listSteps,
    { registrationId, instanceId, locale },
    { refetchInterval: following ? 4000 : false, placeholderData: keepPreviousData },
  );
}

/** One step with the tree right after it; the last one stays while the next is read. Steps never change. */
export function useStep(instanceId: string, stepId: string | undefined) {
  const locale = useTranslation().i18n.language;
  return useQuery(method.getStep, stepId ? { instanceId, stepId, locale } : skipToken, {
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Why an activity is what it is after a step. */
export function useExplanation(instanceId: string, stepId: string, activityId: string) {
  const locale = useTranslation().i18n.language;
  return useQuery(
    method.explainActivity,
    { instanceId, stepId, activityId, locale },
    { staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData },
  );
}

export function useReplay() {
  return useMutation(method.replayRegistration);
}

export function useSimulation() {
  return useMutation(method.simulateRegistration);
}
