// A state by shape and color together: never by color alone, and always beside a word.

/** Circle, ring, triangle, square, and a broken ring for what is under way. */
export type Tone = 'good' | 'off' | 'warn' | 'bad' | 'busy';

export const Mark = ({ tone }: { readonly tone: Tone }) => (
  <svg className={`mark ${tone}`} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
    {tone === 'good' && <circle cx="6" cy="6" r="5" />}
    {tone === 'off' && <circle className="line" cx="6" cy="6" r="4" />}
    {tone === 'busy' && <circle className="line dashed" cx="6" cy="6" r="4" />}
    {tone === 'warn' && <path d="M6 .8 11.6 11H.4z" />}
    {tone === 'bad' && <rect x="1" y="1" width="10" height="10" rx="2" />}
  </svg>
);
