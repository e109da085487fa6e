/* <details data-wide> is open where there is room for it; on a phone people open what they want to read. */

if (window.matchMedia("(min-width: 48rem)").matches) {
  for (const fold of document.querySelectorAll("details[data-wide]")) fold.open = true;
}
