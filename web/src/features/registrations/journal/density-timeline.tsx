import type { CallRow } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Button, Group, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type PointerEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { TimeText } from "../../../components/time-text.tsx";
import { type DensityBand, densityBands, placeOf } from "./density.ts";
import classes from "./journal.module.css";

const HEIGHT = 44;

/** Calls over time with a band per launch; a press goes to the calls there. The scrubber below does the same by keyboard. */
export function DensityTimeline(props: {
  readonly calls: readonly CallRow[];
  readonly index: number;
  readonly onIndex: (index: number) => void;
}) {
  const { t, i18n } = useTranslation();
  const [asTable, { toggle }] = useDisclosure(false);
  const { calls, index } = props;
  const bands = useMemo(() => densityBands(calls), [calls]);
  const busiest = Math.max(1, ...bands.flatMap((band) => band.bins.map((bin) => bin.count)));
  const press = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons === 0 && event.type !== "pointerdown") return;
    const box = event.currentTarget.getBoundingClientRect();
    const found = callAt(bands, (event.clientX - box.left) / box.width);
    if (found !== undefined) props.onIndex(found);
  };
  return (
    <div>
      {asTable ? (
        <Table fz="xs" verticalSpacing={2} maw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("launches.launch")}</Table.Th>
              <Table.Th scope="col">{t("launches.started")}</Table.Th>
              <Table.Th scope="col" className="numbers">
                {t("launches.calls")}
              </Table.Th>
              <Table.Th scope="col" className="numbers">
                {t("journal.errors")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {bands.map((band, place) => (
              <Table.Tr key={band.launchId}>
                <Table.Td>{t("launches.number", { number: place + 1 })}</Table.Td>
                <Table.Td>
                  <TimeText time={calls.find((call) => call.launchId === band.launchId)?.time ?? 0n} absolute />
                </Table.Td>
                <Table.Td className="numbers">{band.callCount.toLocaleString(i18n.language)}</Table.Td>
                <Table.Td className="numbers">{band.bins.reduce((sum, bin) => sum + bin.errors, 0)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <svg
          className={classes.timeline}
          viewBox={`0 0 1000 ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          onPointerDown={press}
          onPointerMove={press}
        >
          {bands.map((band, place) => (
            <Band key={band.launchId} band={band} odd={place % 2 === 1} busiest={busiest} />
          ))}
          <line
            className={classes.cursor}
            x1={placeOf(bands, calls, index) * 1000}
            x2={placeOf(bands, calls, index) * 1000}
            y1={0}
            y2={HEIGHT}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      )}
      <Group justify="space-between" gap="xs" mt={2}>
        <Text fz="xs" c="dimmed">
          {t("journal.density", { calls: calls.length.toLocaleString(i18n.language), count: bands.length })}
        </Text>
        <Button variant="subtle" color="gray" size="compact-xs" fw={400} onClick={toggle} aria-pressed={asTable}>
          {asTable ? t("common.viewAsChart") : t("common.viewAsTable")}
        </Button>
      </Group>
    </div>
  );
}

function Band({ band, odd, busiest }: { readonly band: DensityBand; readonly odd: boolean; readonly busiest: number }) {
  const width = ((band.to - band.from) * 1000) / band.bins.length;
  return (
    <g>
      <rect
        className={classes.band}
        data-odd={odd || undefined}
        x={band.from * 1000}
        width={(band.to - band.from) * 1000}
        y={0}
        height={HEIGHT}
      />
      {band.bins.map((bin, place) => {
        if (bin.count === 0) return null;
        // The square root keeps a single call visible beside a burst of hundreds.
        const height = Math.max(3, Math.sqrt(bin.count / busiest) * (HEIGHT - 4));
        const x = band.from * 1000 + place * width;
        return (
          <rect
            key={bin.index}
            className={bin.errors > 0 ? classes.errorBin : classes.bin}
            x={x + width * 0.12}
            width={width * 0.76}
            y={HEIGHT - height}
            height={height}
          />
        );
      })}
    </g>
  );
}

function callAt(bands: readonly DensityBand[], place: number): number | undefined {
  const band = bands.find((each) => place <= each.to) ?? bands.at(-1);
  if (!band) return undefined;
  const bin = Math.floor(((place - band.from) / (band.to - band.from)) * band.bins.length);
  for (let distance = 0; distance < band.bins.length; distance++)
    for (const near of [bin - distance, bin + distance]) {
      const found = band.bins[near];
      if (found && found.count > 0) return found.index;
    }
  return undefined;
}
