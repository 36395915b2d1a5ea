// Shows the notice in the states that Blazor announces, and loads the page again once the server lives but has forgotten it.
const notice = document.getElementById('components-reconnect-modal');

async function retry() {
  try {
    if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) location.reload();
  } catch {
    document.addEventListener('visibilitychange', retryWhenSeen);
  }
}

function retryWhenSeen() {
  if (document.visibilityState !== 'visible') return;
  document.removeEventListener('visibilitychange', retryWhenSeen);
  retry();
}

notice.addEventListener('components-reconnect-state-changed', event => {
  const state = event.detail.state;
  if (state === 'show') notice.showModal();
  else if (state === 'hide') notice.close();
  else if (state === 'failed') document.addEventListener('visibilitychange', retryWhenSeen);
  else if (state === 'rejected') location.reload();
});
document.getElementById('components-reconnect-button').addEventListener('click', retry);
document.getElementById('components-reload-button').addEventListener('click', () => location.reload());
