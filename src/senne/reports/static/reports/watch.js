/* While a report is being made: look every three seconds, and show what the page says now. Without script there is a link. */
(function () {
  "use strict";
  function look() {
    fetch(location.href, { credentials: "same-origin" })
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        var now = new DOMParser().parseFromString(text, "text/html").getElementById("job");
        var shown = document.getElementById("job");
        if (!now || now.dataset.state === "ready" || now.dataset.state === "failed" || now.dataset.state === "cancelled") {
          location.reload();
          return;
        }
        if (now.innerHTML !== shown.innerHTML) { shown.innerHTML = now.innerHTML; }
        setTimeout(look, 3000);
      })
      .catch(function () { setTimeout(look, 10000); });
  }
  setTimeout(look, 3000);
})();
