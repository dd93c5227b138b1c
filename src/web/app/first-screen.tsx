import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { Router } from 'wouter';
import { App } from './app.tsx';

/** The first screen of a first visit as HTML: the build writes it into the page, which shows it before any script ran. */
export default renderToString(
  <StrictMode>
    <Router ssrPath="/">
      <App />
    </Router>
  </StrictMode>,
);
