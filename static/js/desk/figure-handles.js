/* The points by which the joints of a figure are dragged: buttons over the picture, moved by pointer or arrow keys. */

const WIDE = 1000, HIGH = 750; // units of the picture
const STEP = 12, SMALL_STEP = 3; // units for an arrow key, and with Shift

/** @typedef {{name: string, label: string, x: number, y: number}} Handle */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {[string, string][]} Entries */
/** What is done with them. `drag` gets what the form held when the drag began.
 *  @typedef {{begin: () => void, drag: (joint: string, point: Point, start: Entries) => Promise<void>,
 *             end: () => Promise<void>, held: () => Entries}} Deeds */

const KEYS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

/** Return the handles of the picture in `form`. @param {HTMLFormElement} form @param {Deeds} deeds */
export function handlesOf(form, deeds) {
  /** @type {{button: HTMLButtonElement, start: Entries, point: Point, isAsking: boolean, isOver: boolean} | null} */
  let dragging = null;
  const place = () => /** @type {HTMLElement} */ (form.querySelector("[data-handles]"));

  /** @param {HTMLButtonElement} button @param {Point} point */
  const put = (button, point) => {
    Object.assign(button.dataset, { x: String(point.x), y: String(point.y) });
    button.style.left = `${(point.x / WIDE) * 100}%`;
    button.style.top = `${(point.y / HIGH) * 100}%`;
  };
  /** @param {Handle} handle */
  const made = handle => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "d-point";
    button.dataset.joint = handle.name;
    button.addEventListener("pointerdown", grasp);
    button.addEventListener("keydown", press);
    place().append(button);
    return button;
  };
  /** Show these handles, each where it is; the one being dragged stays under the finger. @param {Handle[]} handles */
  const show = handles => {
    const known = new Map([...place().children].map(one => [/** @type {HTMLElement} */ (one).dataset.joint, one]));
    for (const handle of handles) {
      const button = /** @type {HTMLButtonElement} */ (known.get(handle.name) ?? made(handle));
      known.delete(handle.name);
      button.setAttribute("aria-label", handle.label);
      button.title = handle.label;
      button.hidden = handle.x < 0 || handle.x > WIDE || handle.y < 0 || handle.y > HIGH;
      if (button !== dragging?.button) put(button, handle);
    }
    known.forEach(old => old.remove());
  };

  /** @param {PointerEvent} event */
  const grasp = event => {
    const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
    if (event.button) return;
    button.setPointerCapture(event.pointerId);
    button.classList.add("d-held");
    deeds.begin();
    dragging = { button, start: deeds.held(), point: pointOf(event), isAsking: false, isOver: false };
    button.addEventListener("pointermove", follow);
    for (const end of ["pointerup", "pointercancel"]) button.addEventListener(end, release, { once: true });
  };
  /** @param {PointerEvent} event */
  const pointOf = event => {
    const box = place().getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * WIDE, y: ((event.clientY - box.top) / box.height) * HIGH };
  };
  /** @param {PointerEvent} event */
  const follow = event => {
    if (!dragging) return;
    dragging.point = pointOf(event);
    put(dragging.button, dragging.point);
    ask();
  };
  /** Ask for the pose at the last point, one question at a time. */
  const ask = async () => {
    if (!dragging || dragging.isAsking) return;
    const now = dragging, { point } = now;
    now.isAsking = true;
    await deeds.drag(now.button.dataset.joint ?? "", point, now.start);
    now.isAsking = false;
    if (now.point !== point) await ask();
    else if (now.isOver) await finish();
  };
  /** @param {Event} event */
  const release = event => {
    const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
    button.removeEventListener("pointermove", follow);
    button.classList.remove("d-held");
    if (!dragging) return;
    dragging.isOver = true;
    if (!dragging.isAsking) finish();
  };
  const finish = () => {
    dragging = null;
    return deeds.end();
  };

  /** @param {KeyboardEvent} event */
  const press = async event => {
    const way = KEYS[event.key];
    if (!way || dragging) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (event.currentTarget), step = event.shiftKey ? SMALL_STEP : STEP;
    const point = { x: Number(button.dataset.x) + way[0] * step, y: Number(button.dataset.y) + way[1] * step };
    deeds.begin();
    await deeds.drag(button.dataset.joint ?? "", point, deeds.held());
    await deeds.end();
  };

  return { show };
}
