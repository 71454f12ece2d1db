/** A small session for the tests: one counted exercise of two sets, then a timed one on two sides. */
import { planOf } from "../../static/js/player/plan.js";

const PHASES = [["lift", 2], ["hold", 1], ["lower", 2]];
const exercise = {
  focus: "core", isEasier: false, easierText: "", inhale: "Breathe in.", exhale: "Breathe out.", cues: [],
  cautions: [], sides: 1, alternates: false, pace: null, figure: "/a.svg", still: "/b.svg",
};
const step = { set: 1, side: 1 };

export const data = {
  key: "w1-a", kind: "session", title: "Day 1", minutes: 2,
  addresses: { page: "/s/", log: "/s/log/", done: "/done/", after: "/after/", anytime: "/anytime/" },
  exercises: {
    0: { ...exercise, slug: "slides", name: "Heel Slides", steps: ["Lie down.", "Slide."] },
    1: { ...exercise, slug: "stretch", name: "Stretch", steps: ["Sit."], sides: 2 },
  },
  steps: [
    { ...step, id: "1.p", kind: "prepare", exercise: 0, seconds: 10 },
    { ...step, id: "1.1", kind: "work", exercise: 0, seconds: 15, reps: 3, phases: PHASES },
    { ...step, id: "1.r", kind: "rest", exercise: 0, seconds: 20 },
    { ...step, id: "1.2", kind: "work", exercise: 0, set: 2, seconds: 15, reps: 3, phases: PHASES },
    { ...step, id: "2.1", kind: "work", exercise: 1, seconds: 30 },
    { ...step, id: "2.s", kind: "switch", exercise: 1, seconds: 5 },
    { ...step, id: "2.2", kind: "work", exercise: 1, side: 2, seconds: 90 },
  ],
  easier: { 0: [{ ...step, id: "1.1", kind: "work", exercise: 0, seconds: 10, reps: 2, phases: PHASES }] },
  forms: { short: [1] },
  sitting: null,
  wishes: [],
};

export const plan = planOf(data);
export const stepOf = (id) => data.steps.find((one) => one.id === id);
