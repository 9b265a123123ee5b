/** The shape of a translation: every key of the English text, each with some text. */
export type Messages<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Messages<Texts[Key]>;
};
