/**
 * The animated figure, in step with the session. Its drawing is an SVG with a loop of its own; here the loop is paused
 * and set to the moment. `data-tempo` on the drawing says how its loop is divided (lift, hold, lower, relax),
 * `data-rounds` how many repetitions it covers.
 */

import { parse } from "./trusted.js";

/** @type {PhaseName[]} */
const ORDER = ["lift", "hold", "lower", "relax"];

/**
 * A figure in `frame`; where `still()` is true, the key poses side by side instead.
 * @param {HTMLElement} frame
 * @param {() => boolean} still
 */
export function makeFigure(frame, still) {
  /** Drawings by address, so that a change of exercise delays no frame. @type {Map<string, Promise<Drawing | null>>} */
  const read = new Map();
  let slug = "";
  /** @type {Drawing | null} */
  let drawing = null;

  /** Read the drawings of `exercises` ahead of their turn, one after the other. @param {Exercise[]} exercises */
  async function prepare(exercises) {
    const drawn = exercises.filter((exercise) => !exercise.photo && !exercise.video && !still());
    for (const exercise of drawn) await drawingOf(exercise.figure);
  }

  /**
   * The therapist's own video, else the photograph, else the drawing; where one does not load, the next.
   * @param {Exercise} exercise
   */
  function show({ slug: wanted, photo, video, figure, still: poses }) {
    if (wanted === slug) return;
    slug = wanted;
    drawing = null;
    /** @type {((next: () => void) => unknown)[]} */
    const ways = [() => draw(wanted, figure, poses)];
    if (photo) ways.unshift((next) => put(picture(photo), next));
    if (video && !still()) ways.unshift((next) => put(film(video, photo ?? poses), next));
    const go = () => void (slug === wanted && ways.shift()?.(go));
    go();
  }

  /** @type {(element: HTMLElement, next: () => void) => void} */
  function put(element, next) {
    element.addEventListener("error", next);
    frame.replaceChildren(element);
  }

  /** @type {(wanted: string, figure: string, poses: string) => Promise<void>} */
  async function draw(wanted, figure, poses) {
    frame.replaceChildren();
    const found = still() ? null : await drawingOf(figure);
    if (slug !== wanted) return;
    drawing = found;
    if (found) {
      frame.replaceChildren(found.svg);
      return found.svg.pauseAnimations(); // only in the page: outside of one there is no loop to stop
    }
    const image = picture(still() ? poses : figure);
    put(image, () => image.remove());
  }

  /** @type {(address: string) => Promise<Drawing | null>} */
  async function drawingOf(address) {
    const reading = read.get(address) ?? inlined(address).catch(() => null);
    read.set(address, reading);
    const found = await reading;
    if (!found) read.delete(address); // asked for again at its next turn
    return found;
  }

  /**
   * Show the moment of repetition `rep`: `share` of the way through the parts `from` up to `to` of the drawing's
   * loop. Without a `from` it moves freely, `elapsed` milliseconds into its loop.
   * @param {FigureMoment} moment
   */
  function move({ from, to = from, share = 0, rep = 1, elapsed = 0 }) {
    if (!drawing) return;
    const { svg, seconds, tempo, rounds } = drawing;
    if (!from) return svg.setCurrentTime((elapsed / 1000) % seconds);
    const start = before(tempo, ORDER.indexOf(from));
    const end = before(tempo, ORDER.indexOf(to ?? from) + 1);
    const round = (rep - 1) % rounds;
    svg.setCurrentTime(((round + start + share * (end - start)) / rounds) * seconds);
  }

  return { prepare, show, move };
}

/** @param {string} address */
function picture(address) {
  const image = new Image(400, 300);
  image.alt = "";
  image.src = address;
  return image;
}

/** A video without sound, in a loop. @type {(address: string, poster: string) => HTMLVideoElement} */
function film(address, poster) {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, loop: true, autoplay: true, playsInline: true, poster, src: address });
  return video;
}

/** @type {(address: string) => Promise<Drawing | null>} */
async function inlined(address) {
  const response = await fetch(address);
  if (!response.ok) return null;
  const read = parse(await response.text(), "image/svg+xml");
  const svg = /** @type {any} */ (read.documentElement);
  const loop = svg.querySelector("animate, animateTransform");
  if (svg.localName !== "svg" || !loop) return null;
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  return {
    svg: document.adoptNode(svg),
    seconds: Number.parseFloat(loop.getAttribute("dur")),
    tempo: (svg.dataset.tempo ?? "1 0 1 0").split(" ").map(Number),
    rounds: Number(svg.dataset.rounds ?? 1),
  };
}

/**
 * Where the figure stands in a view, `elapsed` milliseconds into the step.
 * @type {(view: Pick<View, "step" | "moment" | "breath">, elapsed: number) => FigureMoment}
 */
export function figureMomentOf({ step, moment, breath }, elapsed) {
  const { phase, phaseShare, rep } = moment;
  if (step.kind === "rest" || step.kind === "switch") return { from: "lift" };
  if (phase && rep && step.phases) return { ...partsOf(step, phase), share: phaseShare, rep };
  if (breath) return { from: breath.phase === "in" ? "lift" : "lower", share: breath.share };
  return { elapsed };
}

/**
 * Which parts of a drawing's loop belong to a phase of `step`.
 * @type {(step: CountedStep, phase: PhaseName) => LoopPart}
 */
export function partsOf(step, phase) {
  const ways = step.phases.map(([name]) => name).filter((name) => name === "lift" || name === "lower");
  if (phase === ways[0]) return { from: "lift" };
  if (phase === ways[1]) return { from: "lower" };
  return phase === "relax" && ways.length === 1 ? { from: "lower", to: "relax" } : { from: phase };
}

/**
 * The share of one round of the loop that lies before its part number `place`.
 * @type {(tempo: number[], place: number) => number}
 */
function before(tempo, place) {
  const whole = tempo.reduce((sum, seconds) => sum + seconds, 0);
  return tempo.slice(0, place).reduce((sum, seconds) => sum + seconds, 0) / whole;
}
