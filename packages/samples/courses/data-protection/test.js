import { playQuiz } from "./shared/quiz.js";
import { questions } from "./test-questions.js";

playQuiz({ key: "data-protection", questions, defaultMastery: 80 });
