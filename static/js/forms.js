/* Two helps for forms; the server is right without them.
   data-once: a second click while the first is on its way sends nothing.
   data-unsaved: the browser asks before typed text is left behind. */

const submitting = new WeakSet();
const dirty = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  dirty.delete(form);
  if (!form.matches("[data-once]")) return;
  if (submitting.has(form)) {
    event.preventDefault();
    return;
  }
  submitting.add(form);
  event.submitter?.setAttribute("aria-disabled", "true");
});

/* Coming back with the back button: the page is alive again, so are its buttons. */
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    submitting.delete(form);
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-unsaved]")) dirty.add(form);
});

window.addEventListener("beforeunload", (event) => {
  if (dirty.size > 0) event.preventDefault();
});

/* After a refused form the focus goes to the summary of what is wrong. */
document.querySelector(".error-summary")?.focus();
