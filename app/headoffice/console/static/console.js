// The only script of the console: what was typed is not lost by a second click, a picker of days goes there at once,
// and a form that only gives a file (data-again) may be sent as often as one likes.
"use strict";
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (!("again" in form.dataset)) { form.dataset.sent = "yes"; }
  });
}
for (const field of document.querySelectorAll("[data-at-once]")) {
  field.addEventListener("change", () => { if (field.value) { field.form.requestSubmit(); } });
}
// A page that the browser kept (back button) takes forms again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; }
});
