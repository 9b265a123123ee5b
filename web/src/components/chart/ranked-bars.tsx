import { useTranslation } from "react-i18next";
import classes from "./chart.module.css";

/** One line of a ranking. */
export interface Rank {
  readonly key: string;
  readonly name: string;
  /** 0 to 1, how far along the line. */
  readonly share: number;
  /** 0 to 1, a second bar behind the first. */
  readonly behind?: number;
  /** The number in words. */
  readonly value: string;
  /** What it is a share of: "n = 40". */
  readonly of?: string;
  readonly onOpen?: (() => void) | undefined;
}

/** Names with a dot or bar each, in the order given; shares are sorted dots with n, amounts are bars. */
export function RankedBars(props: {
  readonly label: string;
  readonly rows: readonly Rank[];
  readonly form: "dot" | "bar";
  readonly colour: string;
}) {
  const { t } = useTranslation();
  const { form, colour } = props;
  const content = ({ name, share, behind, value, of }: Rank) => (
    <>
      <span className={classes.rankName} title={name}>
        {name}
      </span>
      <span className="visually-hidden">: </span>
      <span className={classes.track} data-form={form} aria-hidden="true">
        {behind !== undefined && (
          <span
            className={`${classes.fill} ${classes.fillSecond}`}
            style={{ width: `${behind * 100}%`, background: colour }}
          />
        )}
        {form === "bar" ? (
          <span className={classes.fill} style={{ width: `${share * 100}%`, background: colour }} />
        ) : (
          <span className={classes.dot} style={{ left: `${share * 100}%`, background: colour }} />
        )}
      </span>
      <span className={classes.rankValue}>
        {value}
        {of && (
          <>
            <span className="visually-hidden">, </span>
            <small>{of}</small>
          </>
        )}
      </span>
    </>
  );
  return (
    <ul className={classes.ranked} aria-label={props.label}>
      {props.rows.map((row) => (
        <li key={row.key}>
          {row.onOpen ? (
            <button type="button" className={classes.rank} onClick={row.onOpen}>
              {content(row)}
              <span className="visually-hidden">. {t("chart.shows")}</span>
            </button>
          ) : (
            <div className={classes.rank}>{content(row)}</div>
          )}
        </li>
      ))}
    </ul>
  );
}
