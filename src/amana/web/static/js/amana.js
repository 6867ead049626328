/* The site's own script: comfort only, every page works without it.
   "/" puts the cursor in the search box; an error summary takes the focus; "print" buttons print. */
(function () {
  "use strict";

  function typing(element) {
    return element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    var box = document.querySelector("[data-find]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });

  /* What is folded is opened for paper, and folded again afterwards. */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details:not([open])").forEach(function (fold) {
      fold.open = true;
      fold.dataset.openedForPaper = "";
    });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("[data-opened-for-paper]").forEach(function (fold) {
      fold.open = false;
      delete fold.dataset.openedForPaper;
    });
  });

  function begin() {
    document.documentElement.classList.add("js");
    var errors = document.querySelector("[data-focus]");
    if (errors) errors.focus();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
