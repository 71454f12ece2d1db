/**
 * The moving figure, led by the session: it lifts when she lifts and waits when she waits. Its drawing is an SVG with
 * a loop of its own; here the loop stands still and is set to the moment. `data-tempo` on the drawing says how its
 * loop is shared out (lift, hold, lower, relax), `data-rounds` over how many repetitions it goes.
 */
const ORDER = ["lift", "hold", "lower", "relax"];

/** A figure in `frame`; `still` shows the key poses side by side instead. */
export function makeFigure(frame, still) {
  const read = new Map(); // drawings by their address, so that a change of exercise holds up no frame
  let slug = "";
  let drawing = null;

  /** Read the drawings of `exercises` ahead of their turn, one after the other. */
  async function prepare(exercises) {
    for (const exercise of exercises) if (!exercise.photo && !exercise.video && !still()) await drawingOf(exercise.figure);
  }

  /** The therapist's video of `exercise`, else her photograph, else the drawing; where one does not come, the next. */
  function show({ slug: wanted, photo, video, figure, still: poses }) {
    if (wanted === slug) return;
    slug = wanted;
    drawing = null;
    const ways = [() => draw(wanted, figure, poses)];
    if (photo) ways.unshift((next) => put(picture(photo), next));
    if (video && !still()) ways.unshift((next) => put(film(video, photo ?? poses), next));
    const go = () => slug === wanted && ways.shift()(go);
    go();
  }

  function put(element, next) {
    element.addEventListener("error", next);
    frame.replaceChildren(element);
  }

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

  async function drawingOf(address) {
    if (!read.has(address)) read.set(address, inlined(address).catch(() => null));
    const found = await read.get(address);
    if (!found) read.delete(address); // asked for again at its next turn
    return found;
  }

  /**
   * Show the moment of repetition `rep`: `share` of the way through the parts `from` up to `to` of the drawing's
   * loop. Without a `from` it moves freely, `elapsed` milliseconds into its loop.
   */
  function move({ from, to = from, share = 0, rep = 1, elapsed = 0 }) {
    if (!drawing) return;
    const { svg, seconds, tempo, rounds } = drawing;
    if (!from) return svg.setCurrentTime((elapsed / 1000) % seconds);
    const start = before(tempo, ORDER.indexOf(from));
    const end = before(tempo, ORDER.indexOf(to) + 1);
    const round = (rep - 1) % rounds;
    svg.setCurrentTime(((round + start + share * (end - start)) / rounds) * seconds);
  }

  return { prepare, show, move };
}

function picture(address) {
  const image = new Image(400, 300);
  image.alt = "";
  image.src = address;
  return image;
}

/** Her video without a sound, again and again. */
function film(address, poster) {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, loop: true, autoplay: true, playsInline: true, poster, src: address });
  return video;
}

async function inlined(address) {
  const response = await fetch(address);
  if (!response.ok) return null;
  const svg = new DOMParser().parseFromString(await response.text(), "image/svg+xml").documentElement;
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

/** Which parts of a drawing's loop belong to a phase of `step`: it knows a way there, a stay, a way back, a rest. */
export function partsOf(step, phase) {
  const ways = step.phases.map(([name]) => name).filter((name) => name === "lift" || name === "lower");
  if (phase === ways[0]) return { from: "lift" };
  if (phase === ways[1]) return { from: "lower" };
  return phase === "relax" && ways.length === 1 ? { from: "lower", to: "relax" } : { from: phase };
}

/** The share of one round of the loop that lies before its part number `place`. */
function before(tempo, place) {
  const whole = tempo.reduce((sum, seconds) => sum + seconds, 0);
  return tempo.slice(0, place).reduce((sum, seconds) => sum + seconds, 0) / whole;
}
