/**
 * The moving figure, led by the session: it lifts when she lifts and waits when she waits. Its drawing is an SVG with
 * a loop of its own; here the loop stands still and is set to the moment. `data-tempo` on the drawing says how its
 * loop is shared out (lift, hold, lower, relax), `data-rounds` over how many repetitions it goes.
 */
const ORDER = ["lift", "hold", "lower", "relax"];

/** A figure in `frame`. `folder` is where drawings are; `still` shows the key poses side by side instead. */
export function makeFigure(frame, folder, still) {
  let slug = "";
  let drawing = null;

  async function show(wanted) {
    if (wanted === slug) return;
    slug = wanted;
    drawing = null;
    const image = new Image(400, 300);
    image.alt = "";
    image.src = `${folder}${wanted}${still() ? "-still" : ""}.svg`;
    image.addEventListener("error", () => image.remove());
    frame.replaceChildren(image);
    if (!still()) drawing = await inlined(image.src).catch(() => null);
    if (drawing && slug === wanted) frame.replaceChildren(drawing.svg);
  }

  /** Show the moment: `phase` with its share in repetition `rep`, or, without one, free motion after `elapsed` ms. */
  function move(phase, share, rep, elapsed) {
    if (!drawing) return;
    const { svg, seconds, tempo, rounds } = drawing;
    if (!phase) return svg.setCurrentTime((elapsed / 1000) % seconds);
    const [start, length] = stretch(tempo, phase);
    const round = (Math.max(rep, 1) - 1) % rounds;
    svg.setCurrentTime(((round + start + share * length) / rounds) * seconds);
  }

  return { show, move };
}

async function inlined(address) {
  const response = await fetch(address);
  if (!response.ok) return null;
  const svg = new DOMParser().parseFromString(await response.text(), "image/svg+xml").documentElement;
  const loop = svg.querySelector("animate, animateTransform");
  if (svg.localName !== "svg" || !loop) return null;
  svg.pauseAnimations?.();
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  return {
    svg: document.adoptNode(svg),
    seconds: Number.parseFloat(loop.getAttribute("dur")),
    tempo: (svg.dataset.tempo ?? "1 0 1 0").split(" ").map(Number),
    rounds: Number(svg.dataset.rounds ?? 1),
  };
}

/** Where `phase` begins in one round of the loop, and how long it is there; both as shares of the round. */
function stretch(tempo, phase) {
  const whole = tempo.reduce((sum, seconds) => sum + seconds, 0);
  const place = ORDER.indexOf(phase);
  const start = tempo.slice(0, place).reduce((sum, seconds) => sum + seconds, 0);
  return [start / whole, tempo[place] / whole];
}
