/** The filters of the decision table. It runs in the page; nothing else does. */
export const script = `
const form = document.getElementById('filters');
if (form) {
  const rows = [...document.querySelectorAll('tr[data-verdict]')];
  const bodies = [...document.querySelectorAll('.decisions tbody')];
  const shown = document.getElementById('shown');
  const filter = () => {
    const { verdict, category, text } = form.elements;
    const words = text.value.toLowerCase().split(/\\s+/);
    for (const row of rows) {
      row.hidden = !(
        (verdict.value === '' || row.dataset.verdict.split(' ').includes(verdict.value)) &&
        (category.value === '' || row.dataset.category === category.value) &&
        words.every((word) => row.textContent.toLowerCase().includes(word))
      );
    }
    for (const body of bodies) body.hidden = !body.querySelector('tr[data-verdict]:not([hidden])');
    const count = rows.filter((row) => !row.hidden).length;
    shown.textContent = count + ' of ' + rows.length + ' calls shown';
  };
  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('reset', () => setTimeout(filter));
  form.addEventListener('submit', (event) => event.preventDefault());
}
`;
