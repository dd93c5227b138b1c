// Runs in the page before the app does: notes when files were dropped, and when what that led to was painted. A file of
// its own and not a function of app-run.ts, because what compiles that one adds helpers that the page does not have.
{
  const SELECTORS = { sessions: '[aria-label="Sessions found"] li', receipt: '[role="dialog"] output' };
  const marks = { dropped: 0, sessions: 0, receipt: 0, longestTask: 0 };

  const look = () => {
    if (marks.dropped === 0) return;
    for (const [name, selector] of Object.entries(SELECTORS)) {
      if (marks[name] !== 0 || document.querySelector(selector) === null) continue;
      marks[name] = Infinity; // seen; painted a frame later
      requestAnimationFrame(() => setTimeout(() => (marks[name] = performance.now())));
    }
  };

  window.marks = marks;
  window.addEventListener(
    'drop',
    () => Object.assign(marks, { dropped: performance.now(), sessions: 0, receipt: 0 }),
    true,
  );
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) marks.longestTask = Math.max(marks.longestTask, duration);
  }).observe({ type: 'longtask' });
}
