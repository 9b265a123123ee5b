/** Characters of a number; the book sets no limit. */
const longestNumber = 255;
const decimal = /^-?(?:\d+\.?\d*|\.\d+)$/;
const scientific = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a text of type `real(10,7)` says (RTE 4.1.1.5), undefined when it is none. A strict reading takes no exponent and no plus sign. */
export function parseReal(text: string, strict: boolean): number | undefined {
  if (text.length > longestNumber || !(strict ? decimal : scientific).test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A number as the LMS answers it: `1.0`, `0.8`, `-0.5`; seven digits after the point, as the type has them. */
export function formatReal(number: number): string {
  if (Number.isInteger(number)) return number.toFixed(1);
  const text = number.toFixed(7).replace(/0+$/, "");
  return text.endsWith(".") ? `${text}0` : text;
}
