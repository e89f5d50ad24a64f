import type { Chosen, FromPage, RowView, ToPage } from '../protocol';

/** Rows that are asked for together. */
const PAGE = 100;
/** Pages that are kept; those that were seen long ago are asked for again. */
const MOST_PAGES = 40;
/** Rows that are drawn above and below what is seen. */
const MARGIN = 10;

interface Owner {
  post(message: FromPage): void;
  /** The person goes up from the first line. */
  leave(): void;
}

/** The list of lines: of however many, only those that are seen are in the page. */
export class LineList {
  private version = 0;
  private total = 0;
  private chosen: Chosen = { active: 0, anchor: 0 };
  private turn = 0;
  private readonly pages = new Map<number, readonly RowView[]>();
  private readonly asked = new Set<number>();
  private readonly drawn = new Map<number, HTMLElement>();
  private readonly height: number;

  constructor(
    private readonly element: HTMLElement,
    private readonly rows: HTMLElement,
    private readonly owner: Owner,
  ) {
    this.height = Math.ceil(parseFloat(getComputedStyle(element).fontSize) * 1.7);
    element.style.setProperty('--row', `${this.height}px`);
    element.addEventListener('scroll', () => this.draw());
    element.addEventListener('keydown', (event) => this.onKey(event));
    element.addEventListener('mousedown', (event) => this.onMouse(event));
    element.addEventListener('dblclick', () => owner.post({ type: 'open', keepFocus: false }));
    element.addEventListener('focus', () => owner.post({ type: 'inList', isIn: true }));
    element.addEventListener('blur', () => owner.post({ type: 'inList', isIn: false }));
    new ResizeObserver(() => this.draw()).observe(element);
  }

  focus(): void {
    this.element.focus();
  }

  setLines({ version, total, active, anchor, turn }: ToPage & { type: 'lines' }): void {
    this.version = version;
    this.total = total;
    // What the person has chosen since the host looked counts more than where the lines were then.
    const isBehind = turn < this.turn;
    this.pages.clear();
    this.asked.clear();
    this.rows.style.height = `${total * this.height}px`;
    if (total === 0) this.clear();
    if (isBehind && this.chosen.active < total && this.chosen.anchor < total) this.choose(this.chosen);
    else this.chosen = { active, anchor };
    this.reveal(this.chosen.active);
    this.draw();
  }

  setRows({ version, from, rows }: ToPage & { type: 'rows' }): void {
    if (version !== this.version) return;
    this.pages.set(from / PAGE, rows);
    for (const page of this.pages.keys()) {
      if (this.pages.size <= MOST_PAGES) break;
      this.pages.delete(page);
      this.asked.delete(page);
    }
    this.draw();
  }

  private clear(): void {
    for (const row of this.drawn.values()) row.remove();
    this.drawn.clear();
    this.element.removeAttribute('aria-activedescendant');
  }

  private draw(): void {
    const { scrollTop, clientHeight } = this.element;
    const from = Math.max(0, Math.floor(scrollTop / this.height) - MARGIN);
    const to = Math.min(this.total, Math.ceil((scrollTop + clientHeight) / this.height) + MARGIN);
    for (const [number, row] of this.drawn) {
      if (number >= from && number < to) continue;
      row.remove();
      this.drawn.delete(number);
    }
    for (let number = from; number < to; number++) this.drawRow(number);
    if (this.total > 0) this.element.setAttribute('aria-activedescendant', `line-${this.chosen.active}`);
  }

  private drawRow(number: number): void {
    const page = Math.floor(number / PAGE);
    const view = this.pages.get(page)?.[number % PAGE];
    if (!view && !this.asked.has(page)) {
      this.asked.add(page);
      const from = page * PAGE;
      this.owner.post({ type: 'rows', version: this.version, from, to: Math.min(this.total, from + PAGE) });
    }
    let row = this.drawn.get(number);
    // What was there stays until what is there now has come, so that nothing flickers.
    if (!row) {
      row = document.createElement('div');
      row.className = 'row';
      row.id = `line-${number}`;
      row.setAttribute('role', 'option');
      row.style.transform = `translateY(${number * this.height}px)`;
      row.dataset.number = String(number);
      this.drawn.set(number, row);
      this.rows.append(row);
    }
    const { active, anchor } = this.chosen;
    const isChosen = number >= Math.min(active, anchor) && number <= Math.max(active, anchor);
    row.classList.toggle('active', number === active);
    row.setAttribute('aria-selected', String(isChosen));
    row.setAttribute('aria-posinset', String(number + 1));
    row.setAttribute('aria-setsize', String(this.total));
    if (view) fillRow(row, view);
  }

  private onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.height) - 1);
    const { active } = this.chosen;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isA(event) && (event.ctrlKey || event.metaKey)) {
      this.choose({ active: this.total - 1, anchor: 0 }, false);
      // The editor would select all text of the page, and with it the search box would take the focus.
      event.stopPropagation();
    } else if (!isPlain) {
      return;
    } else if (event.key === 'ArrowUp' && active === 0 && !event.shiftKey) {
      this.owner.leave();
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.owner.post({ type: 'open', keepFocus: event.key === ' ' });
    } else {
      const steps: Record<string, number> = {
        ArrowDown: active + 1,
        ArrowUp: active - 1,
        PageDown: active + page,
        PageUp: active - page,
        Home: 0,
        End: this.total - 1,
      };
      const next = steps[event.key];
      if (next === undefined) return;
      const clamped = Math.max(0, Math.min(this.total - 1, next));
      this.choose({ active: clamped, anchor: event.shiftKey ? this.chosen.anchor : clamped });
    }
    event.preventDefault();
  }

  private onMouse(event: MouseEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('.row');
    if (!row) return;
    const active = Number(row.dataset.number);
    this.choose({ active, anchor: event.shiftKey ? this.chosen.anchor : active });
    if (event.shiftKey) event.preventDefault();
    this.focus();
  }

  private choose(chosen: Chosen, reveals = true): void {
    if (this.total === 0) return;
    this.chosen = chosen;
    this.owner.post({ type: 'choose', version: this.version, turn: ++this.turn, ...chosen });
    if (reveals) this.reveal(chosen.active);
    this.draw();
  }

  private reveal(number: number): void {
    const top = number * this.height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight)
      this.element.scrollTop = top + this.height - clientHeight;
  }
}

/** Whether a key is an A: with caps lock, too, and where the layout has other letters than Latin ones. */
function isA({ key, code }: KeyboardEvent): boolean {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() === 'a' : code === 'KeyA';
}

/** How the state of a line is marked, colour aside. */
const SIGNS = { reviewed: '✓', unreviewed: '○', suggestion: '?', untagged: '' } as const;

/** Letters of scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}]/u;

/** What rows show now. */
const shown = new WeakMap<HTMLElement, RowView>();

function fillRow(row: HTMLElement, view: RowView): void {
  if (shown.get(row) === view) return;
  shown.set(row, view);
  row.dataset.state = view.state;
  row.title = [view.article, view.date].filter(Boolean).join(' · ');
  const keyword = cell('keyword', view.keyword);
  keyword.style.setProperty('--light', view.light || 'currentColor');
  keyword.style.setProperty('--dark', view.dark || 'currentColor');
  const context = document.createElement('span');
  context.className = 'context';
  // The sentence runs as its keyword does; what stands before it is where its reader looks for it.
  context.dir = RIGHT_TO_LEFT.test(view.keyword) ? 'rtl' : 'ltr';
  const before = cell('before', '');
  before.append(cell('clipped', view.left));
  const after = cell('after', '');
  after.append(keyword, cell('rest', view.right));
  context.append(before, after);
  const label = cell('label', view.label);
  label.style.setProperty('--light', view.light || 'currentColor');
  label.style.setProperty('--dark', view.dark || 'currentColor');
  const cells = [cell('sign', SIGNS[view.state]), context, label];
  cells.push(cell('article', view.article), cell('date', view.date));
  // What is said of a line has another order than what is seen.
  for (const seen of cells) seen.ariaHidden = 'true';
  row.replaceChildren(cell('spoken', view.spoken), ...cells);
}

function cell(name: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  return element;
}
