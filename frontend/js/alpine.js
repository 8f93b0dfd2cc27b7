import Alpine from "@alpinejs/csp";

/** Bulk work: how many rows of this form are chosen. */
Alpine.data("bulk", () => ({
  count: 0,
  any: false,
  boxes() {
    return [...this.$root.querySelectorAll("input[type=checkbox][data-choose]")];
  },
  init() {
    this.recount();
  },
  recount() {
    this.count = this.boxes().filter((box) => box.checked).length;
    this.any = this.count > 0;
  },
  all() {
    const boxes = this.boxes();
    const full = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !full;
    this.recount();
  },
}));

/** Narrows what is shown to what holds the words typed. */
Alpine.data("narrow", () => ({
  none: false,
  narrow(event) {
    const wanted = event.target.value.trim().toLowerCase();
    let shown = 0;
    for (const part of this.$root.querySelectorAll("[data-words]")) {
      part.hidden = wanted !== "" && !part.dataset.words.toLowerCase().includes(wanted);
      if (!part.hidden) shown += 1;
    }
    this.none = shown === 0;
  },
}));

Alpine.start();
