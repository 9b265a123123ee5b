import { Button, Group, Paper, Stack, Stepper, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Notice } from "../../../components/notice.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { usePhone } from "../../../lib/use-phone.ts";
import { CallbackSecretDialog } from "../components/dispatch-actions.tsx";
import { type MadeDispatch, useMakeDispatch } from "../wizard/use-make-dispatch.ts";
import { beginWizard, STEPS, type Step, stepProblem } from "../wizard/wizard-state.ts";
import { WizardStep } from "../wizard/wizard-steps.tsx";

/** From a course to the package that the customer imports. The step is in the address, so Back and Forward go between steps. */
export function WizardPage(props: {
  readonly step: Step;
  readonly courseId: string;
  readonly destinationId: string;
  readonly onStep: (step: Step) => void;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const phone = usePhone();
  const [state, setState] = useState(() => beginWizard(props.courseId, props.destinationId));
  const [checked, setChecked] = useState(false);
  const [made, setMade] = useState<MadeDispatch>();
  const { run, running, error } = useMakeDispatch();
  // An address in the middle of the wizard begins where the first thing is missing.
  const firstOpen = STEPS.findIndex((step) => stepProblem(step, state) !== undefined);
  const asked = STEPS.indexOf(props.step);
  const at = firstOpen >= 0 && firstOpen < asked ? firstOpen : asked;
  const step = STEPS[at] ?? "course";
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current !== step) heading.current?.focus();
    shown.current = step;
  }, [step]);
  const goTo = (index: number) => {
    setChecked(false);
    props.onStep(STEPS[index] ?? "course");
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (stepProblem(step, state) !== undefined || running) return;
    if (step !== "package") goTo(at + 1);
    else {
      const answer = await run(state);
      if (!answer) return;
      setMade(answer);
      if (!answer.callbackSecret && answer.packageError === undefined) props.onOpen(answer.id);
    }
  };
  const above = (
    <AnchorLink to="/o/$org/dispatch" params={{ org: slug }} fz="sm">
      {t("dispatch.tabDispatches")}
    </AnchorLink>
  );
  return (
    <>
      <PageTitle title={t("dispatch.create")} above={above} subtitle={t("dispatch.wizardSubtitle")} />
      {phone ? (
        <Text fz="sm" c="dimmed" mb="sm">
          {t("dispatch.stepOf", { number: at + 1, total: STEPS.length })}
        </Text>
      ) : (
        <Stepper active={at} size="sm" mb="md" onStepClick={(index) => index < at && goTo(index)}>
          {STEPS.map((one, index) => (
            <Stepper.Step key={one} label={t(`dispatch.step_${one}`)} allowStepSelect={index < at} />
          ))}
        </Stepper>
      )}
      <Paper component="form" p="md" maw={1000} onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <div>
            <Text component="h2" ref={heading} tabIndex={-1} fz={16} fw={600} m={0}>
              {t(`dispatch.step_${step}`)}
            </Text>
            <Text fz="sm" c="dimmed">
              {t(`dispatch.stepText_${step}`)}
            </Text>
          </div>
          <WizardStep
            step={step}
            state={state}
            checked={checked}
            onChange={(change) => setState((present) => ({ ...present, ...change }))}
          />
          {error !== undefined && <ErrorPanel error={error} what={t("dispatch.theDispatch")} />}
          {made && made.packageError !== undefined && (
            <Stack gap="xs" align="flex-start">
              <ErrorPanel error={made.packageError} what={t("dispatch.thePackage")} />
              <Notice kind="passed" title={t("dispatch.madeWithoutPackage")} />
              <Button variant="default" onClick={() => props.onOpen(made.id)}>
                {t("dispatch.openDispatch")}
              </Button>
            </Stack>
          )}
          <Group justify="space-between">
            <Button variant="default" disabled={at === 0 || running} onClick={() => goTo(at - 1)}>
              {t("dispatch.back")}
            </Button>
            {step === "package" ? (
              <GuardedButton
                type="submit"
                scope="dispatch:write"
                loading={running}
                leftSection={<IconDownload size={16} />}
              >
                {t("dispatch.createAndDownload")}
              </GuardedButton>
            ) : (
              <Button type="submit">{t("dispatch.next")}</Button>
            )}
          </Group>
        </Stack>
      </Paper>
      {made?.callbackSecret && (
        <CallbackSecretDialog secret={made.callbackSecret} onClose={() => props.onOpen(made.id)} />
      )}
    </>
  );
}
