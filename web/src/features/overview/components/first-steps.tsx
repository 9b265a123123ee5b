import type { GetOverviewResponse } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "../../../components/links.tsx";
import { Panel } from "../../../components/panel.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { firstSteps } from "../first-steps.ts";

/** Import, launch, result: each step ticks itself when it has happened. */
export function FirstSteps({
  overview,
  importAction,
}: {
  readonly overview: GetOverviewResponse;
  readonly importAction: ReactNode;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const steps = firstSteps(overview);
  const next = steps.find((step) => !step.done)?.key;
  const action = {
    import: importAction,
    launch: (
      <ButtonLink to="/o/$org/registrations" params={{ org: slug }} search={{ create: true }}>
        {t("overview.stepLaunchAction")}
      </ButtonLink>
    ),
    result: (
      <ButtonLink to="/o/$org/registrations" params={{ org: slug }} variant="default">
        {t("overview.stepResultAction")}
      </ButtonLink>
    ),
  };
  return (
    <Panel title={t("overview.firstSteps")}>
      <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: "none" }}>
        {steps.map((step) => {
          const Icon = step.done ? IconCircleCheckFilled : IconCircle;
          return (
            <Group component="li" key={step.key} gap="sm" align="flex-start" wrap="nowrap">
              <Icon
                size={20}
                color={step.done ? "var(--cm-passed)" : "var(--cm-muted)"}
                style={{ flex: "none" }}
                aria-hidden="true"
              />
              <Stack gap={6} align="flex-start">
                <div>
                  <Text fw={500}>
                    {t(`overview.step_${step.key}`)}
                    {step.done && <span className="visually-hidden"> {t("overview.stepDone")}</span>}
                  </Text>
                  <Text fz="sm" c="dimmed" maw="60ch">
                    {t(`overview.stepText_${step.key}`)}
                  </Text>
                </div>
                {step.key === next && action[step.key]}
              </Stack>
            </Group>
          );
        })}
      </Stack>
    </Panel>
  );
}
