// The page's chat. Text is always set as text: nothing a person or the bot writes is read as HTML.
const log = document.getElementById("log");
const choices = document.getElementById("choices");
const form = document.getElementById("form");
const field = document.getElementById("text");
const HELP = document.querySelector(".help p").textContent.replace(/\s+/g, " ");
let token = sessionStorage.getItem("token");
let events;

function say(text, who) {
  const line = document.createElement("p");
  line.className = who;
  line.textContent = text;
  log.append(line);
  log.scrollTop = log.scrollHeight;
}

function picture(source) {
  const image = document.createElement("img");
  image.src = source;
  image.alt = ""; // the words before it say the same
  log.append(image);
  log.scrollTop = log.scrollHeight;
}

function save(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.text], { type: "application/json" }));
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function choice(title, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = title;
  button.addEventListener("click", act);
  choices.append(button);
}

function show(answer) {
  choices.replaceChildren();
  for (const reply of answer.replies) {
    say(reply.text, "bot");
    if (reply.image) picture(reply.image);
    if (reply.file) save(reply.file);
  }
  if (answer.scale) {
    for (let n = 0; n <= 10; n += 1) choice(String(n), () => send({ text: String(n) }, String(n)));
  }
  for (const reply of answer.replies) {
    for (const { title, payload } of reply.buttons) {
      choice(title, () => send({ pressed: payload }, title));
    }
  }
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.status === 401) {
    token = null;
    sessionStorage.removeItem("token");
  }
  return answer;
}

async function begin() {
  if (!token) {
    token = (await post("/api/session", {})).token;
    sessionStorage.setItem("token", token);
  }
  if (!events) {
    events = new EventSource(`/api/events?token=${encodeURIComponent(token)}`);
    events.onmessage = (event) => show(JSON.parse(event.data));
  }
}

async function send(message, shown) {
  if (shown) say(shown, "me");
  choices.replaceChildren();
  try {
    await begin();
    show(await post("/api/messages", { token, ...message }));
  } catch {
    say(`The chat cannot be reached right now. ${HELP}`, "bot");
  }
  field.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  send({ text }, text);
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
});
document.getElementById("exit").addEventListener("click", (event) => {
  event.preventDefault();
  document.body.replaceChildren();
  sessionStorage.clear();
  location.replace(event.currentTarget.href);
});
send({ text: "/start" });
