import type { StepRow } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import type { Names } from "./names.ts";
import { ReplayVerdict } from "./replay-verdict.tsx";
import { useReplay } from "./use-sequencing.ts";

/** The button that replays a try, and the verdict, which stands elsewhere on the page. */
export function useReplayCheck(props: {
  readonly registrationId: string;
  readonly instanceId: string;
  /** None for a course without sequencing. */
  readonly steps: readonly StepRow[];
  readonly names: Names;
  /** Goes to a call or its step. */
  readonly onAt: (position: string) => void;
}): { readonly button: ReactNode; readonly verdict: ReactNode } {
  const { t } = useTranslation();
  const replay = useReplay();
  const { registrationId, instanceId } = props;
  return {
    button: (
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} />}
        loading={replay.isPending}
        onClick={() => replay.mutate({ registrationId, instanceId })}
      >
        {t("replay.run")}
      </Button>
    ),
    verdict: (
      <>
        {replay.error && <ErrorPanel error={replay.error} what={t("replay.what")} />}
        {replay.data && <ReplayVerdict {...props} answer={replay.data} onClose={replay.reset} />}
      </>
    ),
  };
}
