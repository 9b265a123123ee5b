import type {
  ListStepsResponse,
  PassingScoreView,
  SimulateRegistrationResponse,
} from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Button, Drawer, Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { Notice } from "../../../components/notice.tsx";
import { usePhone } from "../../../lib/use-phone.ts";
import { PassingScores, scoreKey } from "./passing-scores.tsx";
import { useSimulation } from "./use-sequencing.ts";
import { WhatIfResult } from "./what-if-result.tsx";

const EDITIONS = ["2nd", "3rd", "4th"] as const;

/** Other conditions for the same requests, and where the course would have gone. */
export function WhatIf(props: {
  readonly listed: ListStepsResponse;
  readonly instanceId: string;
  /** Scores that objectives came to, by `scoreKey`. */
  readonly reached: ReadonlyMap<string, number>;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const phone = usePhone();
  const { listed, instanceId } = props;
  const simulation = useSimulation();
  const [edition, setEdition] = useState("");
  const [seed, setSeed] = useState<number | string>("");
  const [scores, setScores] = useState<ReadonlyMap<string, number>>(new Map());
  const [empty, setEmpty] = useState(false);
  const [answer, setAnswer] = useState<SimulateRegistrationResponse>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const passingScores = listed.passingScores.flatMap((each) => changeOf(each, scores));
    setEmpty(edition === "" && seed === "" && passingScores.length === 0);
    if (edition === "" && seed === "" && passingScores.length === 0) return;
    setAnswer(undefined);
    const locale = i18n.language;
    const randomSeed = seed === "" ? {} : { randomSeed: BigInt(Math.trunc(Number(seed))) };
    setAnswer(
      await simulation
        .mutateAsync({ instanceId, edition, ...randomSeed, passingScores, locale })
        .catch(() => undefined),
    );
  };
  return (
    <Drawer
      opened
      position="right"
      size={phone ? "100%" : 880}
      onClose={props.onClose}
      title={t("whatIf.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Notice kind="warning" icon={<IconFlask size={18} />} p="xs">
          {t("whatIf.nothingChanges")}
        </Notice>
        <Text fz="sm" maw="72ch">
          {t("whatIf.intro")}
        </Text>
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <Group align="flex-start">
              <Select
                label={t("whatIf.edition")}
                w={240}
                allowDeselect={false}
                value={edition}
                data={[
                  { value: "", label: t("whatIf.editionAsIs", { edition: editionWord(listed.edition, t) }) },
                  ...EDITIONS.filter((each) => each !== listed.edition).map((each) => ({
                    value: each,
                    label: t(`whatIf.edition_${each}`),
                  })),
                ]}
                onChange={(value) => setEdition(value ?? "")}
              />
              <NumberInput
                label={t("whatIf.seed")}
                description={t("whatIf.seedHint")}
                placeholder={t("whatIf.asItWas")}
                inputWrapperOrder={["label", "input", "description"]}
                w={240}
                allowDecimal={false}
                hideControls
                value={seed}
                onChange={setSeed}
              />
            </Group>
            <PassingScores
              objectives={listed.passingScores}
              reached={props.reached}
              scores={scores}
              onScores={setScores}
            />
            <Group>
              <Button type="submit" loading={simulation.isPending}>
                {t("whatIf.run")}
              </Button>
              {empty && (
                <Text fz="sm" c="var(--cm-failed)" role="alert">
                  {t("whatIf.nothingSet")}
                </Text>
              )}
            </Group>
          </Stack>
        </form>
        {simulation.error && <ErrorPanel error={simulation.error} what={t("whatIf.what")} />}
        {answer && <WhatIfResult steps={listed.steps} answer={answer} />}
      </Stack>
    </Drawer>
  );
}

function editionWord(edition: string, t: TFunction): string {
  const known = EDITIONS.find((each) => each === edition);
  return known ? t(`whatIf.edition_${known}`) : edition;
}

function changeOf(objective: PassingScoreView, scores: ReadonlyMap<string, number>) {
  const passingScore = scores.get(scoreKey(objective));
  const { activityId, objectiveId } = objective;
  return passingScore === undefined ? [] : [{ activityId, objectiveId, passingScore }];
}
