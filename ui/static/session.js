// A session that has ended is told by the server with 401: the page then leads to the log-in, and back here afterwards.
(() => {
  "use strict";
  const root = () => new URL(document.body?.dataset.root ?? ".", document.baseURI);
  const asked = window.fetch.bind(window);
  let leaving = false;

  window.fetch = async (...given) => {
    const answer = await asked(...given);
    const from = new URL(answer.url, document.baseURI);
    // An upload tells of it itself: the other files' verdicts stay to be seen.
    if (answer.status === 401 && !leaving && from.origin === location.origin && !from.pathname.endsWith("/wennuo/upload")) {
      leaving = true;
      const login = new URL("login", root());
      login.searchParams.set("ended", "1");
      login.searchParams.set("next", (location.pathname + location.search).slice(root().pathname.length));
      location.assign(login);
    }
    return answer;
  };
})();
