// Starts Wagtail's calendars on date fields: those on the page, and those that appear later.
(() => {
  const start = (mark) => {
    const init = window[mark.dataset.calendar];
    if (!init || mark.dataset.started || !document.getElementById(mark.dataset.for)) return;
    mark.dataset.started = "yes";
    init(mark.dataset.for, JSON.parse(mark.dataset.config));
  };
  const look = () => document.querySelectorAll("[data-calendar]").forEach(start);
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
})();
