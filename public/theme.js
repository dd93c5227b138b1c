// Sets the chosen theme before the first paint. A file of its own: the policy of the page allows no inline script.
(function () {
  try {
    var theme = localStorage.getItem('dramatis.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // storage is blocked: the system's theme it is
  }
})();
