"use strict";
// Every value that was changed becomes a line of readings.csv, to be copied or saved by the reader.
const form = document.getElementById("lines");
const inputs = [...document.querySelectorAll("dd textarea")];
const quoted = text => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
function write() {
  const { who, reason } = form.elements;
  const changed = inputs.filter(input => input.value !== input.defaultValue);
  for (const input of inputs) input.classList.toggle("changed", changed.includes(input));
  const rows = changed.map(input => [
    input.dataset.document, input.dataset.place, input.dataset.field, input.value.trim(), reason.value, who.value]);
  const text = [form.dataset.columns.split(","), ...rows].map(row => row.map(quoted).join(",") + "\n").join("");
  form.hidden = !changed.length;
  form.querySelector("textarea").value = text;
  form.querySelector("a").href = "data:text/csv;charset=utf-8," + encodeURIComponent("\ufeff" + text);
}
document.addEventListener("input", write);
form.addEventListener("submit", event => event.preventDefault());
