// Searches while the user types. Server data is inserted as text, never as markup.
const PAGE = 60;
const PAUSE_MS = 60;
const EXAMPLES = ["cat face", "arrow left", "chess", "fraction", "hexagram", "small x", "roman numeral", "snow"];

const $ = (id) => document.getElementById(id);
const [input, status, start, results, more] = ["q", "status", "start", "results", "more"].map($);
let asking = new AbortController();
let pause = 0;
let total = 0;

const counted = (n) => `${n.toLocaleString("en")} character${n === 1 ? "" : "s"}`;

async function ask(query, offset) {
  asking.abort();
  asking = new AbortController();
  const parameters = new URLSearchParams({ q: query, offset, limit: PAGE });
  const response = await fetch(`search?${parameters}`, { signal: asking.signal });
  const found = await response.json();
  if (!response.ok) throw new Error(found.error);
  total = Number(response.headers.get("X-Total-Count"));
  return found;
}

async function search() {
  const query = input.value;
  history.replaceState(null, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
  document.title = query.trim() ? `${query.trim()} · Mojifinder` : "Mojifinder";
  if (!query.trim()) return showExamples();
  await attempt(async () => {
    const found = await ask(query, 0);
    start.hidden = true;
    results.replaceChildren(...found.map((each) => row(each, query)));
    status.textContent = total ? `${counted(total)} found` : `No character has “${query.trim()}” in its name`;
    offerMore();
  });
}

function showExamples() {
  asking.abort();
  start.hidden = false;
  results.replaceChildren();
  more.hidden = true;
  status.textContent = "";
}

async function showMore() {
  const query = input.value;
  const shown = results.children.length;
  await attempt(async () => {
    const found = await ask(query, shown);
    results.append(...found.map((each) => row(each, query)));
    results.children[shown]?.firstElementChild.focus();
    offerMore();
  });
}

async function attempt(work) {
  try {
    await work();
  } catch (problem) {
    if (problem.name === "AbortError") return;
    results.replaceChildren();
    more.hidden = true;
    status.textContent = problem instanceof TypeError ? "The server does not respond." : problem.message;
  }
}

function offerMore() {
  const left = total - results.children.length;
  more.hidden = left <= 0;
  more.textContent = `Show ${Math.min(left, PAGE)} more of ${counted(total)}`;
}

function row({ char, name }, query) {
  const item = $("row").content.cloneNode(true).firstElementChild;
  const button = item.firstElementChild;
  const code = `U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const glyph = item.querySelector(".glyph");
  // A combining mark is shown on a dotted circle; a space or format character as an empty box.
  glyph.classList.toggle("blank", /^[\p{Z}\p{Cf}]/u.test(char));
  glyph.firstElementChild.textContent = /^\p{M}/u.test(char) ? `\u25CC${char}` : char;
  item.querySelector(".name").append(...marked(name, query));
  item.querySelector(".code").textContent = code;
  button.setAttribute("aria-label", `${name}, ${code}: copy`);
  button.addEventListener("click", () => copy(char, name, button));
  return item;
}

function marked(name, query) {
  const words = new Set(query.toUpperCase().split(/[\s-]+/u));
  return name.split(/([ -])/u).map((part) => {
    if (part.length < 1 || !words.has(part)) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
}

async function copy(char, name, button) {
  try {
    await navigator.clipboard.writeText(char);
  } catch {
    copyByHand(char);
    button.focus();
  }
  status.textContent = `Copied ${name}`;
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1200);
}

// Fallback: navigator.clipboard exists only over HTTPS and on localhost.
function copyByHand(char) {
  const area = document.createElement("textarea");
  area.value = char;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function move(from, by) {
  const rows = [...results.querySelectorAll(".row")];
  const to = rows.indexOf(from) + by;
  if (to < 0) return input.focus();
  (rows[Math.min(to, rows.length - 1)] ?? input).focus();
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  const inList = at.classList.contains("row");
  const columns = getComputedStyle(results).gridTemplateColumns.split(" ").length;
  const steps = { ArrowDown: columns, ArrowUp: -columns, ArrowRight: 1, ArrowLeft: -1 };
  if (event.key === "/" && at !== input) {
    input.focus();
    input.select();
  } else if (event.key === "Escape") {
    if (at === input) {
      input.value = "";
      search();
    }
    input.focus();
  } else if (at === input && event.key === "ArrowDown") {
    move(null, 1);
  } else if (inList && event.key in steps) {
    move(at, steps[event.key]);
  } else {
    return;
  }
  event.preventDefault();
}

for (const example of EXAMPLES) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = example;
  button.addEventListener("click", () => {
    input.value = example;
    input.focus();
    search();
  });
  const item = document.createElement("li");
  item.append(button);
  $("examples").append(item);
}

input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE_MS);
});
input.form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(pause);
  await search();
  results.querySelector(".row")?.click();
});
more.addEventListener("click", showMore);
document.addEventListener("keydown", key);

input.value = new URLSearchParams(location.search).get("q") ?? "";
search();
