/** The project's own courses, which a new organization may start with. */
export { buildMultiScoPackage } from "./build-multi-sco-package.ts";
export { buildQuizPackage } from "./build-quiz-package.ts";
export { buildRemediationPackage } from "./build-remediation-package.ts";
