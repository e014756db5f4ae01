"use strict";

// What changes by itself is fetched again now and then, while somebody looks.
function refresh(part) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href);
      if (answer.redirected) return location.reload();
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (fresh) part.replaceChildren(...fresh.childNodes);
    } catch {
      // The service does not answer: what is shown stays, with its time.
    }
  }, 10_000);
}

function phone(bubbles) {
  const address = bubbles.dataset.messages;
  const line = document.getElementById("line");
  const form = document.getElementById("say");
  let pending = { text: null, key: null };

  function show(message) {
    if (document.getElementById(message.id)) return;
    const atEnd = bubbles.scrollHeight - bubbles.scrollTop - bubbles.clientHeight < 60;
    const bubble = document.createElement("li");
    bubble.id = message.id;
    bubble.className = message.direction;
    add(bubble, "span", "unseen", message.direction === "inbound" ? "You: " : "Received: ");
    if (message.text) add(bubble, "p", "", message.text).dir = "auto";
    if (message.media_url) {
      const picture = add(bubble, "img", "", "");
      picture.alt = "Picture";
      picture.src = message.media_url;
    }
    const time = new Date(message.time);
    const label = time.toLocaleString([], { dateStyle: "short", timeStyle: "short" });
    add(bubble, "time", "", label).dateTime = message.time;
    bubbles.append(bubble);
    if (atEnd) bubbles.scrollTop = bubbles.scrollHeight;
  }

  function add(parent, name, style, text) {
    const child = document.createElement(name);
    child.className = style;
    child.textContent = text;
    parent.append(child);
    return child;
  }

  function connect() {
    const stream = new EventSource(address);
    stream.onmessage = (event) => show(JSON.parse(event.data));
    stream.addEventListener("live", () => {
      line.textContent = "Connected";
      bubbles.setAttribute("aria-busy", "false");
      bubbles.scrollTop = bubbles.scrollHeight;
    });
    stream.onerror = async () => {
      line.textContent = "Not connected; trying again…";
      if (stream.readyState !== EventSource.CLOSED) return;
      setTimeout(connect, 2_000);
      const page = await fetch(location.href).catch(() => null);
      if (page?.redirected) location.reload();
    };
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = form.text.value;
    // Sent again under its key, a message that had arrived after all stays one.
    if (pending.text !== text) pending = { text, key: newKey() };
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": pending.key },
      body: JSON.stringify({ text }),
    }).catch(() => null);
    if (answer?.ok) {
      pending = { text: null, key: null };
      if (form.text.value === text) form.reset();
    } else {
      line.textContent = "The message was not sent; try again.";
    }
    form.text.focus();
  });

  connect();
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const part = document.getElementById("live");
if (part) refresh(part);
const bubbles = document.getElementById("bubbles");
if (bubbles) phone(bubbles);
