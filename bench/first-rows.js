// Runs in the window's page: notes when the Articles view has its first rows, by the clock that the host has, too.
/* global window, document, MutationObserver */
(() => {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('[role="tree"][aria-label="Articles"] [role="treeitem"]')) return;
    window.firstRows = Date.now();
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true });
})();
