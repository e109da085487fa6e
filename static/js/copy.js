/* Copies the text a button points to: <button hidden data-copy="id" data-copied="Kopiert">.
   The button is shown only here, because without script it could do nothing. */

async function write(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.querySelector(".kern-label") ?? button;
  if (!source) continue;
  const before = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await write(source.textContent.trim());
    label.textContent = button.dataset.copied;
    button.dataset.done = "true";
    window.setTimeout(() => {
      label.textContent = before;
      delete button.dataset.done;
    }, 4000);
  });
}
