// ---- begin

const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) history.replaceState(null, '', location.pathname);
useToken(given || sessionStorage.getItem('rollcall-token') || '');
$('token-open').addEventListener('click', askToken);
for (const button of document.querySelectorAll('.cancel')) {
  button.addEventListener('click', () => button.closest('dialog').close('cancel'));
}
$('explain').addEventListener('submit', explain);
$('find').addEventListener('input', filter);
$('state').addEventListener('change', filter);
document.addEventListener('visibilitychange', () => { if (!document.hidden) poll(); });
listen();
poll();
