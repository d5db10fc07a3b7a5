// "Tick all" on the curator's page; without JavaScript each box is ticked by hand.
for (const button of document.querySelectorAll("[data-check-all]")) {
  button.addEventListener("click", () => {
    const boxes = [...button.form.querySelectorAll("input[name=product]")];
    const to = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = to;
  });
}
