/** What a password lacks, in the words of the error's `missing`. */
export type PasswordLack = "length" | "upper" | "lower" | "digit" | "special";

const MINIMUM_CHARACTERS = 12;

/** What a password lacks to be accepted (requirements, section 3); empty when it is good. Letters of every script count. */
export function lacksOf(password: string): readonly PasswordLack[] {
  const rules: readonly [PasswordLack, boolean][] = [
    // Characters as people count them: an emoji is one.
    ["length", [...password].length >= MINIMUM_CHARACTERS],
    ["upper", /\p{Lu}/u.test(password)],
    ["lower", /\p{Ll}/u.test(password)],
    ["digit", /\p{Nd}/u.test(password)],
    ["special", /[^\p{L}\p{N}\p{M}]/u.test(password)],
  ];
  return rules.filter(([, met]) => !met).map(([lack]) => lack);
}
