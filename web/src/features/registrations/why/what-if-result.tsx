import type { SimulateRegistrationResponse, StepRow } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Badge, Stack, Table, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { NodeTree } from "./node-tree.tsx";
import { whatIfRows } from "./what-if-rows.ts";
import classes from "./why.module.css";

/** What happened beside what would have happened, with the first difference marked. */
export function WhatIfResult(props: {
  readonly steps: readonly StepRow[];
  readonly answer: SimulateRegistrationResponse;
}) {
  const { t } = useTranslation();
  const { answer, steps } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap="sm" component="section" aria-label={t("whatIf.result")}>
      <Title order={2} ref={heading} tabIndex={-1}>
        {answer.summary}
      </Title>
      <Table layout="fixed" fz="sm" verticalSpacing={6}>
        <caption className="visually-hidden">{t("whatIf.result")}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={40} className="numbers">
              #
            </Table.Th>
            <Table.Th scope="col">{t("whatIf.was")}</Table.Th>
            <Table.Th scope="col">{t("whatIf.wouldBe")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {whatIfRows(steps, answer.steps, answer.firstDifferenceStepId).map(({ was, wouldBe, firstDifference }) => (
            <Table.Tr key={was.id} className={firstDifference ? (classes.difference ?? "") : ""}>
              <Table.Td className="numbers" style={{ verticalAlign: "top" }}>
                {was.number}
              </Table.Td>
              <Table.Td className={classes.cell ?? ""}>{was.summary}</Table.Td>
              <Table.Td className={classes.cell ?? ""}>
                {wouldBe ? (
                  <Text span fz="sm" fw={wouldBe.summary === was.summary ? 400 : 600}>
                    {wouldBe.summary}
                  </Text>
                ) : (
                  <Text span fz="sm" c="dimmed">
                    {t("whatIf.gone")}
                  </Text>
                )}{" "}
                {firstDifference && (
                  <Badge size="sm" color="yellow" variant="outline" c="var(--cm-incomplete)">
                    {t("whatIf.firstDifference")}
                  </Badge>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {answer.activities.length > 0 && (
        <>
          <Title order={3}>{t("whatIf.treeAfter")}</Title>
          <NodeTree nodes={answer.activities} label={t("whatIf.treeAfter")} />
        </>
      )}
    </Stack>
  );
}
