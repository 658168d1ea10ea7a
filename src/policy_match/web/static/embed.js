// <script src="…/static/embed.js"></script> puts the self-assessment where it stands.
// It lies in a frame of its own: the page around it sees nothing of what is filled in.
(() => {
  const script = document.currentScript;
  const { lang = document.documentElement.lang || "zh", name } = script.dataset;
  const language = lang.startsWith("zh") ? "zh" : "en";
  const page = new URL("{firm}".replace("{lang}", language), script.src);
  const frame = document.createElement("iframe");
  frame.src = page.href;
  frame.title = name ?? (language === "zh" ? "惠企政策自测" : "Self-assessment of business incentives");
  frame.referrerPolicy = "no-referrer";
  frame.allow = "clipboard-write";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox");
  Object.assign(frame.style, { border: "0", display: "block", width: "100%", height: "640px" });
  // Only the frame itself, still showing our page, may say how high it is.
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== page.origin || source !== frame.contentWindow) return;
    if (Number.isFinite(data?.policyMatchHeight)) frame.style.height = `${Math.min(Math.max(data.policyMatchHeight, 200), 50000)}px`;
  });
  frame.onload = () => frame.contentWindow.postMessage({ policyMatch: "height?" }, page.origin);
  script.after(frame);
})();
