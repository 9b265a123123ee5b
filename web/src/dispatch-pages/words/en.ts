import type { RefusalReason } from "../refusal-reason.ts";

/** What a learner reads. */
export interface NoticeWords {
  readonly title: string;
  readonly text: string;
}

const refusals: Readonly<Record<RefusalReason, NoticeWords>> = {
  PACKAGE_EXPIRED: { title: "Access has ended", text: "The time in which this course could be taken is over." },
  USAGE_LIMIT_EXCEEDED: {
    title: "All places are taken",
    text: "Every place on this course has been given to a learner.",
  },
  SEATS_TAKEN: {
    title: "All places are in use right now",
    text: "As many learners as allowed are in this course at the moment. Please try again later.",
  },
  DISABLED: { title: "This course is paused", text: "Your provider has paused this course." },
  NOT_STARTED: {
    title: "This course has not begun yet",
    text: "Your provider opens this course later. Please come back then.",
  },
  DOMAIN_NOT_ALLOWED: {
    title: "Not available here",
    text: "This course may not be opened from this learning platform.",
  },
  NEW_REGISTRATIONS_CLOSED: {
    title: "No new learners",
    text: "This course no longer takes new learners. Those who have begun may finish.",
  },
  ACCESS_ENDED: { title: "Your access has ended", text: "The days in which you could take this course are over." },
  REVOKED: { title: "Your access was withdrawn", text: "Your provider has ended your access to this course." },
  PACKAGE_INVALID: {
    title: "This course package is not valid",
    text: "It was changed or is no longer accepted. Your learning platform needs a new one from your provider.",
  },
  EXCHANGE_INVALID: {
    title: "This start is no longer valid",
    text: "Please close this page and start the course again from your learning platform.",
  },
  DEPLOYMENT_SUSPENDED: {
    title: "This course is paused here",
    text: "Your provider has paused this course for your learning platform.",
  },
  RATE_LIMITED: {
    title: "Too many starts at once",
    text: "Many learners are starting this course right now. Please wait a minute and try again.",
  },
  COURSE_UNAVAILABLE: {
    title: "This course is not available",
    text: "Your provider is not offering this course at the moment.",
  },
};

/** Every word of the pages around a dispatched course, in English. */
export const en = {
  language: "en",
  refusals,
  starting: (title: string) => (title === "" ? "Opening the course…" : `Opening “${title}”…`),
  startingText: "One moment, please.",
  slow: "This is taking longer than usual.",
  offlineTitle: "We can’t reach the course right now",
  offlineText: (seconds: number) =>
    seconds > 0 ? `Trying again in ${seconds} s. You don’t have to do anything.` : "Trying again…",
  offlineHint: "If this doesn’t go away, check your internet connection.",
  troubleText: "Please try again in a moment. Saved progress is safe.",
  tryNow: "Try now",
  tryAgain: "Try again",
  noHostTitle: "Please start this course from your learning platform",
  noHostText: "This page can’t find the learning platform that it belongs to, so nothing could be recorded.",
  hostRefusedTitle: "Your learning platform isn’t answering",
  hostRefusedText: "It did not let the course begin. Try again, or close this page and start the course once more.",
  damagedTitle: "This course package is damaged",
  damagedText: "A part of it is missing. Your learning platform needs it again from your provider.",
  failedTitle: "We can’t open this course",
  failedText: "Please close this page and start the course again from your learning platform.",
  noAnswer: "The course doesn’t show? Your learning platform may not allow it inside this page.",
  openWindow: "Open in a new window",
  windowTitle: (title: string) => (title === "" ? "Ready to open the course" : `“${title}” is ready`),
  windowText: "The course opens in a new window. Keep this page open until you are done: it reports your result.",
  openCourse: "Open course",
  blocked: "Your browser blocked the course window. Please allow it and try again.",
  inWindowTitle: "The course is open in another window",
  inWindowText: "Keep this page open until you are done: it reports your result to your learning platform.",
  showCourse: "Show course window",
  windowClosedTitle: "The course window is closed",
  windowClosedText: "Your progress is saved. Open the course again to go on.",
  endedTitle: "You’re finished for now",
  endedText: "Your result has been reported to your learning platform. You can close this window.",
  endedUntoldText:
    "Your result is saved with us. Your learning platform did not take it just now; it gets it the next time you start the course. You can close this window.",
  revokedTitle: "This course was ended by your provider",
  revokedText: "What you have done so far is kept. You can close this window.",
  lostTitle: "This page was opened again",
  lostText: "Please close it and start the course again from your learning platform. Your progress is saved.",
  goneTitle: "This page can’t go on",
  goneText:
    "Your learning platform has been told that you left. Start the course again from there. Your progress is saved.",
  close: "Close window",
  back: "Back",
  contact: "Contact your training provider and quote",
  more: "Help",
  logo: "Your provider",
  frameTitle: (title: string) => (title === "" ? "Course" : `${title} – course`),
};

/** What a translation has to say. */
export type PageWords = typeof en;
