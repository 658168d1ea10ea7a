// In a frame of another page: tells that page how high this one is, and nothing else.
if (window.parent !== window) {
  document.body.classList.add("framed");
  for (const link of document.querySelectorAll("a[href]:not([hreflang], [href^='#'])")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
  let asked = null;
  const tell = () => asked && window.parent.postMessage({ policyMatchHeight: document.documentElement.offsetHeight }, asked);
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== window.parent || data?.policyMatch !== "height?") return;
    asked = origin;
    tell();
  });
  new ResizeObserver(tell).observe(document.documentElement);
}
