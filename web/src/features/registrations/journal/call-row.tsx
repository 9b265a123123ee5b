import type { CallRow } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { type CSSProperties, memo } from "react";
import { useTranslation } from "react-i18next";
import { formatGap } from "../../../lib/format/duration.ts";
import { formatLogTime } from "../../../lib/format/time.ts";
import { usePreferences } from "../../../lib/preferences.ts";
import { isError } from "./call-list.ts";
import classes from "./journal.module.css";

/** One call: number, time, gap, activity, call, element, value, result and error. On a phone two lines of it. */
export const CallLine = memo(function CallLine(props: {
  readonly call: CallRow;
  readonly index: number;
  readonly gap: number | undefined;
  readonly current: boolean;
  readonly phone: boolean;
  readonly top: number;
  readonly rowIndex: number;
  readonly onSelect: (index: number) => void;
}) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const { call, current } = props;
  const failed = isError(call);
  const style: CSSProperties = { insetBlockStart: props.top };
  const result = failed ? t("journal.errorCode", { code: call.error }) : call.result || "—";
  const seq = (
    <button
      type="button"
      className={classes.seq}
      aria-label={t("journal.showState", { seq: call.seq })}
      onClick={() => props.onSelect(props.index)}
    >
      {call.seq}
    </button>
  );
  const time = formatLogTime(Number(call.time), zone);
  const gap = props.gap === undefined ? "" : formatGap(props.gap);
  return (
    // The button in the first cell does the same for the keyboard.
    <tr
      aria-rowindex={props.rowIndex}
      aria-current={current ? "true" : undefined}
      className={classes.row}
      data-current={current || undefined}
      data-error={failed || undefined}
      style={style}
      onClick={() => props.onSelect(props.index)}
    >
      <td>{seq}</td>
      {props.phone ? (
        <>
          <td>
            <strong>{call.method}</strong> <code>{call.element || call.value}</code>
          </td>
          <td className={classes.result}>{result}</td>
          <td />
          <td>
            <code>{call.element ? call.value : ""}</code>
          </td>
          <td style={{ color: "var(--cm-muted)" }}>{gap || time.slice(0, 8)}</td>
        </>
      ) : (
        <>
          <td>{time}</td>
          <td style={{ color: "var(--cm-muted)", textAlign: "end" }}>{gap}</td>
          <td title={call.activity}>{call.activity || "—"}</td>
          <td>{call.method}</td>
          <td title={call.element}>
            <code>{call.element}</code>
          </td>
          <td title={call.value.slice(0, 400)}>
            <code>{call.value}</code>
          </td>
          <td className={classes.result}>{result}</td>
        </>
      )}
    </tr>
  );
});
