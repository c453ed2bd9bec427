// The only script of the console: what was typed is not lost by a second click, and a picker of days goes there at once.
"use strict";
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
}
for (const field of document.querySelectorAll("[data-at-once]")) {
  field.addEventListener("change", () => { if (field.value) { field.form.requestSubmit(); } });
}
// A page that the browser kept (back button) takes forms again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; }
});
