import { questions } from "./pretest-questions.js";
import { playQuiz } from "./shared/quiz.js";

playQuiz({
  key: "fire-safety-before",
  questions,
  defaultMastery: 100,
  goOn(passed, topics) {
    if (passed)
      return "You know all of this already: nothing is left for you to do. Press Go on, and the course is completed.";
    const known = topics.filter((topic) => topic.passed).length;
    const lessons = topics.length - known === 1 ? "the one lesson" : `the ${topics.length - known} lessons`;
    return `Press Go on for ${lessons} that you need.`;
  },
});
