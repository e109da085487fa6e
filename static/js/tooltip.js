/* Tooltips of terms in running text (WCAG 1.4.13: dismissible with Escape, hoverable, stays until left).
   Without script the term is a plain link and the hidden text still describes it (aria-describedby).
   Pointer: hover shows, leaving hides. Keyboard: focus shows. Touch: the first tap shows, the link inside leads on. */

const GAP = 8;
const DELAY_SHOW = 120;
const DELAY_HIDE = 250;
let open = null;
let timer = 0;

function tooltipOf(term) {
  const id = term.getAttribute("aria-describedby");
  return id ? document.getElementById(id) : null;
}

function place(term, tooltip) {
  // A term may run over two lines: begin where it begins, stay clear of all of it.
  const rect = term.getBoundingClientRect();
  const start = term.getClientRects()[0]?.left ?? rect.left;
  const width = tooltip.offsetWidth;
  const height = tooltip.offsetHeight;
  const room = document.documentElement.clientWidth;
  const left = Math.max(GAP, Math.min(start, room - width - GAP));
  const above = rect.top - height - GAP;
  const below = rect.bottom + GAP;
  const top = below + height > window.innerHeight && above > 0 ? above : below;
  tooltip.style.left = `${left + window.scrollX}px`;
  tooltip.style.top = `${top + window.scrollY}px`;
}

function hide() {
  window.clearTimeout(timer);
  if (!open) return;
  open.tooltip.hidden = true;
  open = null;
}

function show(term) {
  window.clearTimeout(timer);
  if (open?.term === term) return;
  hide();
  const tooltip = tooltipOf(term);
  if (!tooltip) return;
  tooltip.hidden = false;
  place(term, tooltip);
  open = { term, tooltip };
}

function later(action, delay) {
  window.clearTimeout(timer);
  timer = window.setTimeout(action, delay);
}

function wire(term) {
  let touched = false;
  term.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse") later(() => show(term), DELAY_SHOW);
  });
  term.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") later(hide, DELAY_HIDE);
  });
  term.addEventListener("pointerdown", (event) => {
    touched = event.pointerType !== "mouse";
  });
  term.addEventListener("focus", () => {
    if (!touched) show(term);
  });
  term.addEventListener("blur", (event) => {
    if (!open?.tooltip.contains(event.relatedTarget)) later(hide, DELAY_HIDE);
  });
  term.addEventListener("click", (event) => {
    if (touched && open?.term !== term && tooltipOf(term)) {
      event.preventDefault();
      show(term);
    }
    touched = false;
  });
}

/* Out of the text, where a narrow column would cut it off, but not out of the main landmark. */
const home = document.querySelector("main") ?? document.body;
for (const tooltip of document.querySelectorAll(".tooltip")) {
  home.append(tooltip);
  tooltip.addEventListener("pointerenter", () => window.clearTimeout(timer));
  tooltip.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") later(hide, DELAY_HIDE);
  });
}
for (const term of document.querySelectorAll("a.term[aria-describedby]")) wire(term);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
document.addEventListener("pointerdown", (event) => {
  if (open && !open.tooltip.contains(event.target) && !open.term.contains(event.target)) hide();
});
window.addEventListener("resize", hide);
