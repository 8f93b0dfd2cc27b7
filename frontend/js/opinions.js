// The drawing of an opinion map is there already; what makes it answer a press is fetched only where there is one, and
// not for who asked the browser to save data.
export function readyOpinions(root) {
  if (navigator.connection?.saveData) return;
  for (const box of root.querySelectorAll("[data-opinions]:not([data-opinions-begun])")) {
    box.dataset.opinionsBegun = "";
    import("./opinion_chart.js").then(({ drawOpinions }) => drawOpinions(box)).catch((error) => console.warn(error));
  }
}
