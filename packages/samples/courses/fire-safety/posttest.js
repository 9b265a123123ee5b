import { questions } from "./posttest-questions.js";
import { playQuiz } from "./shared/quiz.js";

playQuiz({
  key: "fire-safety",
  questions,
  defaultMastery: 100,
  goOn: (passed) =>
    passed
      ? "You know how to keep yourself and others safe. Press Go on, and the course is completed."
      : "Press Go on: you get the lessons again whose questions you missed, and then another try if one is left.",
});
