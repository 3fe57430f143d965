// What the pages of all desks share: elements made without markup, and requests in one manner.
// Texts are always set as texts: what stands in a cell never becomes markup.

/** An element: `make("p", { class: "faint", title: "…" }, "text", otherElement)`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "boolean") element.toggleAttribute(name, value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
}

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Post plain data or a form, and give back what is answered; an Error with the words for people. */
export async function post(address, data = {}) {
  const isForm = data instanceof FormData;
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: isForm ? {} : { "Content-Type": "application/json" },
      body: isForm ? data : JSON.stringify(data),
    });
  } catch {
    throw new Error("填报台没有应答,可能已经关闭。请重新打开填报台。");
  }
  if (!answer.ok) throw new Error(await wordsOf(answer));
  return answer.json();
}

async function wordsOf(answer) {
  const text = await answer.text();
  try {
    const { detail } = JSON.parse(text);
    return typeof detail === "string" ? detail : "填报台没有看懂这次请求。请刷新网页再试。";
  } catch {
    return text || "填报台没有做完。请刷新网页再试。";
  }
}
