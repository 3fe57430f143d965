// A workbook that is dropped is the one that is chosen; without this script the form works too.

const form = document.getElementById("drop");
const chosen = document.getElementById("workbook");
const said = document.getElementById("said");
const go = document.getElementById("go");
const name = document.getElementById("chosen");

chosen.classList.add("covered");
for (const one of [name, document.getElementById("choose")]) one.hidden = false;

/** Show which file is chosen, and what speaks against it. */
function show() {
  const [file] = chosen.files;
  name.textContent = file ? file.name : "还没有选";
  tell(fault(file));
}

function tell(words) {
  said.textContent = words;
  said.hidden = !words;
}

/** Why the file would not be taken, before it is sent; "" where nothing speaks against it. */
function fault(file) {
  if (!file) return "";
  if (!/\.xls[xm]$/i.test(file.name)) return "这里只收 .xlsx、.xlsm。请用 Excel 或 WPS 另存为 .xlsx 再报。";
  const most = Number(form.dataset.most);
  return file.size > most ? `文件超过 ${most / 1048576} MB。请删去工作簿里的图片等再报。` : "";
}

for (const name of ["dragenter", "dragover"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) {
  form.addEventListener(name, () => form.classList.remove("over"));
}
form.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length !== 1) {
    tell("一次报一本,请只拖一个文件。");
    return;
  }
  chosen.files = event.dataTransfer.files;
  show();
});
chosen.addEventListener("change", show);
form.addEventListener("submit", (event) => {
  const words = fault(chosen.files[0]);
  tell(words);
  if (words) {
    event.preventDefault();
    return;
  }
  go.disabled = true;
  go.textContent = "正在上传和核对……";
});
// Who comes back to the page by the browser's own button may send again.
window.addEventListener("pageshow", () => {
  go.disabled = false;
  go.textContent = "上传并核对";
  show();
});
