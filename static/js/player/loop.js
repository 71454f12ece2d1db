/** The pulse of a running sitting: time is looked at four times a second, the screen drawn with the display's frames. */

const LOOK_EVERY = 250; // goes on, more slowly, while the page is hidden
const DRAW_EVERY = 24; // every second frame of most screens: smooth, and a slow phone has time for the thumb

/**
 * A loop that calls `look` and `draw` (with no more than one frame in two) until it is stopped.
 * @param {{ look: () => void, draw: () => void }} options
 */
export function makeLoop({ look, draw }) {
  let timer = 0;
  let frame = 0;
  let drawnAt = 0;

  /** @param {number} time */
  function onFrame(time) {
    frame = requestAnimationFrame(onFrame); // first, so that `draw` can stop the loop
    if (time - drawnAt < DRAW_EVERY) return;
    drawnAt = time;
    draw();
  }

  function stop() {
    clearInterval(timer);
    cancelAnimationFrame(frame);
  }

  function start() {
    stop();
    timer = setInterval(look, LOOK_EVERY);
    frame = requestAnimationFrame(onFrame);
  }

  return { start, stop };
}
