import type { TestPipeResponse } from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import { Button, Group, Text } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { Notice } from "../../../components/notice.tsx";
import { useChangePipes } from "../api/pipes.ts";

/** Asks the target what it is, and says what came back. */
export function PipeTest({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { test } = useChangePipes();
  return (
    <Group gap="xs" align="flex-start">
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={16} />}
        loading={test.isPending}
        onClick={() => test.mutate({ id })}
      >
        {t("pipes.test")}
      </Button>
      {test.error && <ErrorPanel error={test.error} what={t("pipes.theTest")} />}
      {test.data && <Outcome answer={test.data} />}
    </Group>
  );
}

function Outcome({ answer }: { readonly answer: TestPipeResponse }) {
  const { t } = useTranslation();
  const { reachable, httpStatus, versions, error, latencyMs } = answer;
  return (
    <Notice kind={reachable ? "passed" : "failed"} role="status" py={4}>
      <Text fz="sm">
        {reachable
          ? t("pipes.testGood", { versions: versions.join(", "), milliseconds: latencyMs })
          : t(httpStatus > 0 ? "pipes.testRefused" : "pipes.testBad", { reason: error || `HTTP ${httpStatus}` })}
      </Text>
    </Notice>
  );
}
