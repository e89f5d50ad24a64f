// Runs in the window's page: stamps the key press before the workbench sees it, and the decoration of the
// word at the cursor when it comes.
/* global window, document, MutationObserver, performance */
(() => {
  const editor = document.querySelector('.editor-group-container.active .monaco-editor');
  let pressed;
  let drawn;

  /** Whether an extension's decoration is behind the cursor. */
  const isDrawn = () => {
    const cursor = editor.querySelector('.cursors-layer .cursor').getBoundingClientRect();
    const y = cursor.top + cursor.height / 2;
    return [...editor.querySelectorAll('.view-overlays .cdr[class*="ced-"]')].some((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return left < cursor.left && cursor.left < right && top < y && y < bottom;
    });
  };

  window.addEventListener(
    'keydown',
    (event) => {
      if (event.altKey && event.key === '1') pressed = { date: Date.now(), now: performance.now() };
    },
    { capture: true },
  );
  new MutationObserver(() => {
    if (pressed && drawn === undefined && isDrawn()) drawn = performance.now();
  }).observe(editor.querySelector('.view-overlays'), { subtree: true, childList: true, attributes: true });

  window.bench = {
    arm() {
      pressed = drawn = undefined;
      if (isDrawn()) throw new Error('There is an entity at the cursor already');
    },
    times: () => (pressed && drawn !== undefined ? { pressed, drawn } : undefined),
  };
})();
