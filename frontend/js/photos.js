// Photos are shown, can be taken out again, and are shrunk on the phone before they travel.
import { element, word } from "./words.js";

const LONGEST = 2000; // px
const QUALITY = 0.85;
const chosen = new WeakMap();
const busy = new WeakMap();
const CROSS = "M6 6l12 12M18 6 6 18";

/** A JPEG no longer than 2000 px, or the file itself where the device cannot decode it. */
async function shrink(file) {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || !window.createImageBitmap) return { file };
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob || (scale === 1 && blob.size >= file.size && file.type === "image/jpeg")) return { file, canvas };
    const name = `${file.name.replace(/\.\w+$/, "")}.jpg`;
    return { file: new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified }), canvas };
  } catch {
    return { file };
  }
}

function thumbnail(canvas) {
  const small = document.createElement("canvas");
  const side = Math.min(canvas.width, canvas.height);
  small.width = small.height = 240;
  small.getContext("2d").drawImage(canvas, (canvas.width - side) / 2, (canvas.height - side) / 2, side, side, 0, 0, 240, 240);
  return small;
}

function commit(input) {
  const carrier = new DataTransfer();
  for (const one of chosen.get(input)) carrier.items.add(one.file);
  input.files = carrier.files;
}

function cross() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", CROSS);
  svg.append(path);
  return svg;
}

function draw(input) {
  const shelf = input.closest(".photos");
  for (const old of shelf.querySelectorAll(".photo")) old.remove();
  chosen.get(input).forEach((one, index) => {
    const remove = element("button", { type: "button", "aria-label": word("removePhoto", { n: index + 1 }) }, cross());
    remove.addEventListener("click", () => {
      chosen.get(input).splice(index, 1);
      commit(input);
      draw(input);
      input.focus();
    });
    const face = one.canvas ? thumbnail(one.canvas) : element("span", { class: "small" }, one.file.name);
    shelf.insertBefore(element("div", { class: "photo" }, face, remove), input.closest(".photos-pick"));
  });
  const max = Number(input.dataset.max || 6);
  input.closest(".photos-pick").hidden = chosen.get(input).length >= max;
}

async function take(input) {
  const fresh = [...input.files];
  if (!chosen.has(input) || !input.multiple) chosen.set(input, []);
  const room = Number(input.dataset.max || 6) - chosen.get(input).length;
  for (const file of fresh.slice(0, Math.max(0, room))) chosen.get(input).push(await shrink(file));
  commit(input);
  draw(input);
}

export function startPhotos() {
  if (!window.DataTransfer) return;
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.dataset?.photos === undefined) return;
    const work = take(input).finally(() => busy.delete(input));
    busy.set(input, work);
  });
  // A form sent while a photo is still being shrunk waits for it.
  document.addEventListener("submit", (event) => {
    const waiting = [...event.target.querySelectorAll("[data-photos]")].map((i) => busy.get(i)).filter(Boolean);
    if (!waiting.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    Promise.all(waiting).then(() => target.requestSubmit(submitter ?? undefined));
  }, true);
}
