/** True in builds that run on the fixtures of `testing/`. */
declare const __FAKE_BACKEND__: boolean;

declare module "*.css";
